package dev.holdfast.servlet;

/** One application around another in Tomcat. */
class NestedServerTomcatTest extends NestedServerContract {
  NestedServerTomcatTest() {
    super(SharedServers::tomcat);
  }

  @Override
  boolean findsItsOwn() {
    return true;
  }
}
