package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.DpopSettings;
import dev.holdfast.configuration.settings.DpopSettings.NonceUse;
import dev.holdfast.configuration.settings.DpopSettings.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses settings of DPoP that would protect nothing. */
public final class DpopChecks {
  private static final String DPOP = "holdfast.dpop.";
  private static final int SHORTEST_SECRET = 32;

  private DpopChecks() {}

  public static void check(DpopSettings dpop) {
    DpopSettings defaults = DpopSettings.defaults();
    if (!dpop.enabled() && !dpop.equals(DpopSettings.disabled())) {
      throw new InvalidSettingException(
          DPOP + "enabled",
          "it is false, and other settings of DPoP are written",
          "Remove those, or set it to true");
    }
    boolean asksForNonce = dpop.nonce().use() == NonceUse.ALWAYS;
    if (!asksForNonce && !dpop.nonce().equals(defaults.nonce())) {
      throw new InvalidSettingException(
          DPOP + "nonce",
          "it is never, and a lifetime, a secret or a clock skew of nonces is written",
          "Set it to always, or remove those");
    }
    AlgorithmChecks.check(DPOP + "algorithms", dpop.algorithms());
    checkNonceSecret(dpop.nonce().secret());
    checkNonceClockSkew(dpop);
    boolean shared = dpop.replay().store() == Store.REDIS;
    if (shared && dpop.replay().maxEntries() != defaults.replay().maxEntries()) {
      throw new InvalidSettingException(
          DPOP + "replay.max-entries",
          "it bounds the local store, and the store is redis",
          "Remove it, and bound the store itself with Redis' maxmemory and noeviction");
    }
  }

  private static void checkNonceSecret(@Nullable String secret) {
    SecretChecks.require(DPOP + "nonce-secret", secret, "Make one with: openssl rand -base64 32");
    int length = secret == null ? SHORTEST_SECRET : secret.getBytes(StandardCharsets.UTF_8).length;
    if (length < SHORTEST_SECRET) {
      throw new InvalidSettingException(
          DPOP + "nonce-secret",
          "it has " + length + " bytes, and less than " + SHORTEST_SECRET + " can be guessed",
          "Make one with: openssl rand -base64 32");
    }
  }

  private static void checkNonceClockSkew(DpopSettings dpop) {
    Duration skew = dpop.nonce().clockSkew();
    if (skew == null) {
      return;
    }
    if (skew.compareTo(dpop.clockSkew()) < 0) {
      throw new InvalidSettingException(
          DPOP + "nonce-clock-skew",
          "it is " + skew.toSeconds() + " s",
          "Write whole seconds, from dpop.clock-skew ("
              + dpop.clockSkew().toSeconds()
              + "s) to 1h");
    }
  }
}
