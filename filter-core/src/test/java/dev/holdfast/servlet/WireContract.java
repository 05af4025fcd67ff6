package dev.holdfast.servlet;

import dev.holdfast.testing.contract.ServerSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What a request's own line can make of its target; each container subclasses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireContract implements DotSegmentCases, SchemeCases, HostCases {
  private final CookieScene.Starter starter;
  private WireScene scene;

  WireContract(CookieScene.Starter starter) {
    this.starter = starter;
  }

  @BeforeAll
  void open() {
    scene = newScene(ServerSpec.Forwarding.IGNORED);
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Override
  public WireScene wire() {
    return scene;
  }

  @Override
  public WireScene newScene(ServerSpec.Forwarding forwarding, String... settings) {
    return new WireScene(starter, forwarding, settings);
  }
}
