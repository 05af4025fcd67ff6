package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** Several applications in Undertow. */
@Tag("whole")
class SharedServerUndertowTest extends SharedServerContract {
  SharedServerUndertowTest() {
    super(SharedServers::undertow);
  }
}
