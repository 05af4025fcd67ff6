package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** One application around another in Tomcat. */
@Tag("whole")
class NestedServerTomcatTest extends NestedServerContract {
  NestedServerTomcatTest() {
    super(SharedServers::tomcat);
  }

  @Override
  boolean findsItsOwn() {
    return true;
  }
}
