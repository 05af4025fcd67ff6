package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import java.time.Duration;
import java.util.List;

/**
 * {@code tokens}: who issues access tokens.
 *
 * @param issuers who issues them; in Spring, spring.security.oauth2.resourceserver.* counts as one
 *     more
 * @param cache how long a verification may be reused
 * @param clockSkew how far an issuer's clock may be ahead; granted to nbf, iat and an auth_time
 *     that a rule looks at, never to exp
 */
public record TokenSettings(
    List<IssuerSettings> issuers,
    CacheSettings cache,
    @Setting(value = "10s", least = "0s", most = "1d") Duration clockSkew) {
  /** The default clock skew. */
  public static final Duration DEFAULT_CLOCK_SKEW =
      RecordReader.defaultDuration(TokenSettings.class, "clock-skew");

  /** Copies the list. */
  public TokenSettings {
    issuers = List.copyOf(issuers);
  }
}
