package dev.holdfast.introspection.shared;

import java.time.Duration;

/**
 * For how long answers may be given, and how long to wait for one.
 *
 * @param ttl how old an answer of an issuer that vouches may get, counted from the moment at which
 *     it was asked
 * @param negativeTtl how old any other answer may get; zero shares none
 * @param patience how long a node waits for the answer that another one has asked for, before it
 *     asks the issuer itself
 * @param maxWaiting about how many tokens it waits at a time; about more it asks the issuer
 */
public record SharedLimits(Duration ttl, Duration negativeTtl, Duration patience, int maxWaiting) {
  /** Refuses what would share nothing. */
  public SharedLimits {
    if (ttl.isNegative() || ttl.isZero() || negativeTtl.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException("a shared cache remembers for some time");
    }
  }
}
