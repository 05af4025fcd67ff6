package dev.holdfast.configuration;

import java.time.Duration;
import java.util.List;

/**
 * {@code tokens}: who issues access tokens.
 *
 * @param issuers {@code tokens.issuers[]}
 * @param cache {@code tokens.cache}
 * @param clockSkew {@code tokens.clock-skew}: how far an issuer's clock may be ahead; it is granted
 *     to {@code nbf} and {@code iat}, never to {@code exp}
 */
public record TokenSettings(List<IssuerSettings> issuers, CacheSettings cache, Duration clockSkew) {
  /** The default clock skew. */
  public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(10);

  /** Copies the list. */
  public TokenSettings {
    issuers = List.copyOf(issuers);
  }
}
