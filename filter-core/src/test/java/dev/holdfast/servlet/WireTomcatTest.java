package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** The target of requests over Tomcat. */
@Tag("verify")
class WireTomcatTest extends WireContract {
  WireTomcatTest() {
    super(TomcatServer::start);
  }
}
