package dev.holdfast.servlet;

/** Several applications in Undertow. */
class SharedServerUndertowTest extends SharedServerContract {
  SharedServerUndertowTest() {
    super(SharedServers::undertow);
  }
}
