package dev.holdfast.jakartarest;

import org.junit.jupiter.api.Tag;

@Tag("whole")
class JerseyOnJettyTest extends RestContract {
  JerseyOnJettyTest() {
    super(Engine.JERSEY, Container.JETTY);
  }
}
