package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** The target of requests over Jetty. */
@Tag("verify")
class WireJettyTest extends WireContract {
  WireJettyTest() {
    super(JettyServer::start);
  }
}
