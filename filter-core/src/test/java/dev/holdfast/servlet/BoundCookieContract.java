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
  private final CookieFixture.Starter starter;
  private CookieFixture fixture;

  BoundCookieContract(CookieFixture.Starter starter) {
    this.starter = starter;
  }

  @BeforeAll
  void open() {
    fixture = new CookieFixture(starter);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Override
  public CookieFixture fixture() {
    return fixture;
  }
}
