package dev.holdfast.servlet;

/** Several applications in Jetty. */
class SharedServerJettyTest extends SharedServerContract {
  SharedServerJettyTest() {
    super(SharedServers::jetty);
  }
}
