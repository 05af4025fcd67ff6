package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** Several applications in Tomcat. */
@Tag("whole")
class SharedServerTomcatTest extends SharedServerContract {
  SharedServerTomcatTest() {
    super(SharedServers::tomcat);
  }
}
