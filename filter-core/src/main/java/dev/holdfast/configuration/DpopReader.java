package dev.holdfast.configuration;

import dev.holdfast.configuration.DpopSettings.Nonce;
import dev.holdfast.configuration.DpopSettings.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads {@code dpop.*} and {@code redis.*}. */
final class DpopReader {
  private final FlatProperties properties;

  DpopReader(FlatProperties properties) {
    this.properties = properties;
  }

  DpopSettings dpop(DpopSettings defaults) {
    Set<String> algorithms = properties.texts("dpop.algorithms");
    return new DpopSettings(
        properties.read("dpop.enabled", defaults.enabled(), "true or false", EnumTexts::truth),
        algorithms.isEmpty() ? defaults.algorithms() : List.copyOf(algorithms),
        properties.duration("dpop.proof-lifetime", defaults.proofLifetime()),
        properties.duration("dpop.clock-skew", defaults.clockSkew()),
        Math.toIntExact(properties.number("dpop.min-rsa-bits", defaults.minRsaBits())),
        nonce(defaults.nonce()),
        replay(defaults.replay()));
  }

  private Nonce nonce(Nonce defaults) {
    return new Nonce(
        properties.read("dpop.nonce", defaults.use(), "never or always", EnumTexts::nonceUse),
        properties.duration("dpop.nonce-lifetime", defaults.lifetime()),
        properties.text("dpop.nonce-secret"),
        properties.text("dpop.nonce-clock-skew") == null
            ? null
            : properties.duration("dpop.nonce-clock-skew", Duration.ZERO));
  }

  private Replay replay(Replay defaults) {
    return new Replay(
        properties.read(
            "dpop.replay.store", defaults.store(), "local or redis", EnumTexts::replayStore),
        properties.number("dpop.replay.max-entries", defaults.maxEntries()));
  }

  RedisSettings redis() {
    return new RedisSettings(properties.text("redis.uri"));
  }
}
