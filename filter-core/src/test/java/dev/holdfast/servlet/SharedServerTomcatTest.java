package dev.holdfast.servlet;

/** Several applications in Tomcat. */
class SharedServerTomcatTest extends SharedServerContract {
  SharedServerTomcatTest() {
    super(SharedServers::tomcat);
  }
}
