package dev.holdfast.configuration;

import dev.holdfast.ReplayGuard;
import dev.holdfast.configuration.DpopSettings.NonceUse;
import dev.holdfast.configuration.DpopSettings.Store;
import dev.holdfast.dpop.DpopNonces;
import dev.holdfast.dpop.DpopRules;
import dev.holdfast.dpop.DpopVerifier;
import dev.holdfast.dpop.LocalReplayGuard;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes what verifies proofs, from settings that {@link DpopChecks} saw. */
final class DpopAssembly {
  private static final String DPOP = "holdfast.dpop";

  private DpopAssembly() {}

  static DpopVerifier verifier(DpopSettings settings, ReplayGuard guard, Clock clock) {
    DpopRules rules =
        valid(
            DPOP,
            () ->
                new DpopRules(
                    settings.algorithms(),
                    settings.minRsaBits(),
                    settings.proofLifetime(),
                    settings.clockSkew()));
    return new DpopVerifier(rules, nonces(settings, clock), guard, clock);
  }

  private static DpopNonces nonces(DpopSettings settings, Clock clock) {
    DpopSettings.Nonce nonce = settings.nonce();
    if (nonce.use() == NonceUse.NEVER) {
      return DpopNonces.never();
    }
    byte[] secret =
        nonce.secret() == null
            ? DpopNonces.randomSecret(new SecureRandom())
            : nonce.secret().getBytes(StandardCharsets.UTF_8);
    return valid(
        DPOP + (nonce.secret() == null ? ".nonce-lifetime" : ".nonce-secret"),
        () -> DpopNonces.always(secret, nonce.lifetime(), settings.clockSkew(), clock));
  }

  static ReplayGuard guard(DpopSettings settings, RedisSettings redis, Clock clock) {
    if (settings.replay().store() == Store.REDIS) {
      throw PropertyNames.notYet(DPOP + ".replay.store=redis");
    }
    return valid(
        DPOP + ".replay.max-entries",
        () -> new LocalReplayGuard(settings.replay().maxEntries(), clock, new SecureRandom()));
  }

  /** The mechanism has the last word on what it can work with. */
  private static <T> T valid(String setting, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException refused) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              setting, String.valueOf(refused.getMessage()), "Correct or remove that value");
      invalid.initCause(refused);
      throw invalid;
    }
  }
}
