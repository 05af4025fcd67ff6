package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** Bound cookies over Jetty. */
@Tag("verify")
class BoundCookieJettyTest extends BoundCookieContract {
  BoundCookieJettyTest() {
    super(JettyServer::start);
  }
}
