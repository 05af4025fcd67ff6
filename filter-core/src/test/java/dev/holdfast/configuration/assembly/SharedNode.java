package dev.holdfast.configuration.assembly;

import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Verification;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.introspection.shared.SharedStatistics;
import dev.holdfast.testing.TestIssuer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node of a service whose tokens are introspected, put together as an edge does it. */
final class SharedNode implements AutoCloseable {
  /** 32 bytes, of a throw-away key. */
  static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  private final Assembly assembly;

  private SharedNode(Assembly assembly) {
    this.assembly = assembly;
  }

  /**
   * A node.
   *
   * @param trusted a PEM file with the issuer's root
   * @param settings names without {@code holdfast.} and values in turn, instead of the defaults
   */
  static SharedNode of(TestIssuer issuer, Path trusted, String... settings) {
    return of(issuer, trusted, Clock.systemUTC(), settings);
  }

  static SharedNode of(TestIssuer issuer, Path trusted, Clock clock, String... settings) {
    Map<String, String> all = alone(issuer, trusted);
    all.put("tokens.cache.shared", "redis");
    all.put("tokens.cache.encryption-key", KEY);
    return of(all, clock, settings);
  }

  /** A node that shares nothing. */
  static SharedNode alone(TestIssuer issuer, Path trusted, String... settings) {
    return of(alone(issuer, trusted), Clock.systemUTC(), settings);
  }

  private static Map<String, String> alone(TestIssuer issuer, Path trusted) {
    Map<String, String> all = new HashMap<>();
    all.put("tokens.issuers[0].issuer", issuer.issuer());
    all.put("tokens.issuers[0].trusted-certificates", trusted.toString());
    all.put("tokens.issuers[0].introspection.uri", issuer.introspectionUri());
    all.put("tokens.issuers[0].introspection.client-id", TestIssuer.CLIENT_ID);
    all.put("tokens.issuers[0].introspection.client-secret", TestIssuer.CLIENT_SECRET);
    return all;
  }

  private static SharedNode of(Map<String, String> all, Clock clock, String... settings) {
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return new SharedNode(Assembly.of(SettingsReader.readInitParameters(all), clock));
  }

  Assembly assembly() {
    return assembly;
  }

  SharedStatistics statistics() {
    return Objects.requireNonNull(assembly.sharedCache());
  }

  /** What this node says of a token; an outage is an {@link ExecutionException}. */
  Verification verify(String token) throws ExecutionException {
    try {
      return assembly
          .tokens()
          .verify(PresentedToken.of(Scheme.BEARER, token))
          .get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    assembly.close();
  }
}
