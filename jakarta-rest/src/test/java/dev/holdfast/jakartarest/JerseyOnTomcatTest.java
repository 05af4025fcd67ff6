package dev.holdfast.jakartarest;

import org.junit.jupiter.api.Tag;

@Tag("verify")
class JerseyOnTomcatTest extends RestContract {
  JerseyOnTomcatTest() {
    super(Engine.JERSEY, Container.TOMCAT);
  }
}
