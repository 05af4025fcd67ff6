package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** One application around another in Jetty. */
@Tag("whole")
class NestedServerJettyTest extends NestedServerContract {
  NestedServerJettyTest() {
    super(SharedServers::jetty);
  }

  @Override
  boolean findsItsOwn() {
    return true;
  }
}
