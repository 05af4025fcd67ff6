package dev.holdfast.servlet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What bound cookies do over a real container with real TLS; each container subclasses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BoundCookieContract
    implements SessionCookieCases,
        CompanionCases,
        ApplicationCookieCases,
        CookieTransportCases,
        CookieInstallationCases {
  private final CookieScene.Starter starter;
  private CookieScene scene;

  BoundCookieContract(CookieScene.Starter starter) {
    this.starter = starter;
  }

  @BeforeAll
  void open() {
    scene = new CookieScene(starter);
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Override
  public CookieScene scene() {
    return scene;
  }
}
