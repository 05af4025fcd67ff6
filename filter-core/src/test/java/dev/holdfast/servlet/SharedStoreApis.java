package dev.holdfast.servlet;

import dev.holdfast.configuration.SettingsReader;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.Scene;

/** Servers of one service, each a filter of its own, that share a store of spent proofs. */
public final class SharedStoreApis {
  /** What the service is called, whatever the port. */
  public static final String TARGET = "https://api.example";

  private SharedStoreApis() {}

  /** A scene of Tomcats. */
  public static Scene scene() {
    return new Scene(
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
  public static Api api(Scene scene, String redis, String number) {
    return scene.api(
        "dpop.replay.store",
        "redis",
        "redis.uri",
        redis,
        "proxies.external-uri",
        TARGET,
        "tokens.cache.negative-ttl",
        number + "ms");
  }
}
