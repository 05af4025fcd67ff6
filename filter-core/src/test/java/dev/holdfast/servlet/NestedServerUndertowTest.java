package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** One application around another in Undertow. */
@Tag("whole")
class NestedServerUndertowTest extends NestedServerContract {
  NestedServerUndertowTest() {
    super(SharedServers::undertow);
  }

  @Override
  boolean findsItsOwn() {
    return false;
  }
}
