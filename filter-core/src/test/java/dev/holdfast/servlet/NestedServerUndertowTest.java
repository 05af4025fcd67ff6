package dev.holdfast.servlet;

/** One application around another in Undertow. */
class NestedServerUndertowTest extends NestedServerContract {
  NestedServerUndertowTest() {
    super(SharedServers::undertow);
  }

  @Override
  boolean findsItsOwn() {
    return false;
  }
}
