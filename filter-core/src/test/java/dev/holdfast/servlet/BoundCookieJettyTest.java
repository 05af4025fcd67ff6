package dev.holdfast.servlet;

/** Bound cookies over Jetty. */
class BoundCookieJettyTest extends BoundCookieContract {
  BoundCookieJettyTest() {
    super(JettyServer::start);
  }
}
