package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** Several applications in Jetty. */
@Tag("whole")
class SharedServerJettyTest extends SharedServerContract {
  SharedServerJettyTest() {
    super(SharedServers::jetty);
  }
}
