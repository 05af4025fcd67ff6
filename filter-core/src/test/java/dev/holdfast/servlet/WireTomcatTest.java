package dev.holdfast.servlet;

/** The target of requests over Tomcat. */
class WireTomcatTest extends WireContract {
  WireTomcatTest() {
    super(TomcatServer::start);
  }
}
