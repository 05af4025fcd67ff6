package dev.holdfast.servlet;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.ContractFixture;

/** Servers of one service, each a filter of its own, that share a store of spent proofs. */
public final class SharedStoreApis {
  /** What the service is called, whatever the port. */
  public static final String TARGET = "https://api.example";

  private SharedStoreApis() {}

  /** A fixture of Tomcats. */
  public static ContractFixture fixture() {
    return new ContractFixture(
        spec -> {
          ContractServlets servlets =
              new ContractServlets(
                  HoldfastFilter.builder().settings(SettingsReader.read(spec.settings())).build());
          return TomcatServer.start(spec, servlets, servlets::reached);
        });
  }

  /**
   * A node.
   *
   * @param redis the store's URI
   * @param number tells the nodes' settings apart, in milliseconds of a time-out
   */
  public static Api api(ContractFixture fixture, String redis, String number) {
    return api(fixture, redis, number, "holdfast");
  }

  /** The same with this {@code redis.prefix}. */
  public static Api api(ContractFixture fixture, String redis, String number, String prefix) {
    return fixture.api(
        "dpop.replay.store",
        "redis",
        "redis.uri",
        redis,
        "redis.prefix",
        prefix,
        "proxies.external-uri",
        TARGET,
        "tokens.cache.negative-ttl",
        number + "ms");
  }
}
