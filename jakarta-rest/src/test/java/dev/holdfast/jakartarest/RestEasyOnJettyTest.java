package dev.holdfast.jakartarest;

import org.junit.jupiter.api.Tag;

@Tag("verify")
class RestEasyOnJettyTest extends RestContract {
  RestEasyOnJettyTest() {
    super(Engine.RESTEASY, Container.JETTY);
  }
}
