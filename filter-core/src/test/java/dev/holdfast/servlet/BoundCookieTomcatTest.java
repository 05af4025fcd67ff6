package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** Bound cookies over Tomcat. */
@Tag("verify")
class BoundCookieTomcatTest extends BoundCookieContract {
  BoundCookieTomcatTest() {
    super(TomcatServer::start);
  }
}
