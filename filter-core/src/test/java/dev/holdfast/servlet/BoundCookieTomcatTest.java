package dev.holdfast.servlet;

import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.util.function.IntSupplier;

/** Bound cookies over Tomcat. */
class BoundCookieTomcatTest extends BoundCookieContract {

  @Override
  protected Server start(ServerSpec spec, CookieServlets application, IntSupplier reached) {
    return TomcatServer.start(spec, application, reached);
  }
}
