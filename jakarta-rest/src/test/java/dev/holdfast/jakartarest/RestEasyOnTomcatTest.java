package dev.holdfast.jakartarest;

import org.junit.jupiter.api.Tag;

@Tag("whole")
class RestEasyOnTomcatTest extends RestContract {
  RestEasyOnTomcatTest() {
    super(Engine.RESTEASY, Container.TOMCAT);
  }
}
