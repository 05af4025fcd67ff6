package dev.holdfast.servlet;

import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.util.function.IntSupplier;

/** Bound cookies over Jetty. */
class BoundCookieJettyTest extends BoundCookieContract {

  @Override
  protected Server start(ServerSpec spec, CookieServlets application, IntSupplier reached) {
    return JettyServer.start(spec, application, reached);
  }
}
