package dev.holdfast.servlet;

import dev.holdfast.testing.contract.ServerSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What a request's own line can make of its target; each container subclasses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireContract
    implements DotSegmentCases, SchemeCases, HostCases, DispatchedProofCases {
  private final CookieFixture.Starter starter;
  private WireFixture fixture;

  WireContract(CookieFixture.Starter starter) {
    this.starter = starter;
  }

  @BeforeAll
  void open() {
    fixture = newFixture(ServerSpec.Forwarding.IGNORED);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Override
  public WireFixture wire() {
    return fixture;
  }

  @Override
  public WireFixture newFixture(ServerSpec.Forwarding forwarding, String... settings) {
    return new WireFixture(starter, forwarding, settings);
  }
}
