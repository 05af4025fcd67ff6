package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.jwt.keys.KeyLimits;
import java.time.Duration;

/**
 * What an issuer may cost, and how long its keys are believed.
 *
 * @param maxConcurrentCalls how many calls to its introspection endpoint are under way at a time;
 *     as many callers again wait for a quarter of a second, then they are answered with 503. With
 *     keys: how many callers wait for a slow key set. Keep it well below the number of the server's
 *     threads
 * @param keyMaxAge for how long a key is believed that the issuer has removed
 * @param keyMaxStale the same while the issuer cannot be reached
 */
public record IssuerLimits(
    @Setting(value = "50", least = "1", most = "10000") int maxConcurrentCalls,
    @Setting(value = "5m", least = "1s", most = "1d") Duration keyMaxAge,
    @Setting(value = "15m", least = "1s", most = "1d") Duration keyMaxStale) {
  /** The documented defaults. */
  public static final IssuerLimits DEFAULTS = RecordReader.defaults(IssuerLimits.class);

  public KeyLimits ofKeys() {
    return new KeyLimits(keyMaxAge, keyMaxStale, maxConcurrentCalls);
  }
}
