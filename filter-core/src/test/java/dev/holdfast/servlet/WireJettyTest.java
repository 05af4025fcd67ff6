package dev.holdfast.servlet;

/** The target of requests over Jetty. */
class WireJettyTest extends WireContract {
  WireJettyTest() {
    super(JettyServer::start);
  }
}
