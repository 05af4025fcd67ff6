package dev.holdfast.servlet;

/** One application around another in Jetty. */
class NestedServerJettyTest extends NestedServerContract {
  NestedServerJettyTest() {
    super(SharedServers::jetty);
  }

  @Override
  boolean findsItsOwn() {
    return true;
  }
}
