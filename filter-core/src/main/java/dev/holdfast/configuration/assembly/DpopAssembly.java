package dev.holdfast.configuration.assembly;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ReplayGuard;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.DpopSettings;
import dev.holdfast.configuration.settings.DpopSettings.NonceUse;
import dev.holdfast.configuration.settings.DpopSettings.Store;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.dpop.DpopNonces;
import dev.holdfast.dpop.DpopRules;
import dev.holdfast.dpop.DpopVerifier;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import dev.holdfast.redis.LettuceMissingException;
import dev.holdfast.redis.RedisReplayGuard;
import dev.holdfast.redis.address.RedisAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what verifies proofs, from settings that {@link DpopChecks} saw. */
final class DpopAssembly {
  private static final String DPOP = "holdfast.dpop";

  /** For Redis to answer at the start; if it is down, the start goes on. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  static final MethodSwitch SWITCH =
      new MethodSwitch(
          ConfirmationMethod.DPOP,
          DPOP + ".enabled",
          "false",
          "Remove that setting, or do not name the method");

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
            () -> DpopNonces.always(secret, nonce.lifetime(), settings.clockSkew(), clock))
        .withProofClockSkew(proofClockSkew(settings));
  }

  private static Duration proofClockSkew(DpopSettings settings) {
    Duration own = settings.nonce().clockSkew();
    return own == null ? settings.clockSkew() : own;
  }

  /** Null where DPoP is not taken. */
  static @Nullable ReplayGuard guard(HoldfastSettings all, Clock clock) {
    DpopSettings settings = all.dpop();
    if (!settings.enabled()) {
      return null;
    }
    if (settings.replay().store() == Store.REDIS) {
      return shared(settings, all.redis(), clock);
    }
    long maxEntries = settings.replay().maxEntries();
    checkHeap(maxEntries, Runtime.getRuntime().maxMemory());
    return valid(
        DPOP + ".replay.max-entries",
        () -> new LocalReplayGuard(maxEntries, window(settings), clock, new SecureRandom()));
  }

  /** The memory is taken with the first proof, so that it would be missed then and not now. */
  static void checkHeap(long maxEntries, long heapBytes) {
    long bytes = LocalReplayGuard.bytes(maxEntries);
    if (bytes > heapBytes / 2) {
      throw new InvalidSettingException(
          DPOP + ".replay.max-entries",
          "it is "
              + maxEntries
              + ", for which the replay guard takes "
              + (bytes >> 20)
              + " MiB, more than half of the heap of "
              + (heapBytes >> 20)
              + " MiB",
          "Write a smaller number, or give the JVM a larger heap (-Xmx)");
    }
  }

  /** From the first second at which a proof can be accepted to the last. */
  private static Duration window(DpopSettings settings) {
    return settings.proofLifetime().plus(proofClockSkew(settings).multipliedBy(2));
  }

  /** Redis itself may be down: then every proof is refused until it is there. */
  private static ReplayGuard shared(DpopSettings settings, RedisSettings redis, Clock clock) {
    RedisAddress address = RedisAssembly.address(redis);
    try {
      return fit(
          RedisReplayGuard.at(address, ConfirmationMethod.DPOP)
              .keyPrefix(keyPrefix(redis))
              .options(RedisAssembly.options(redis, address))
              .proofWindow(window(settings))
              .clock(clock)
              .connect(),
          address);
    } catch (LettuceMissingException missing) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              DPOP + ".replay.store",
              "it is redis, and " + missing.getMessage(),
              "Add the dependency io.lettuce:lettuce-core");
      invalid.initCause(missing);
      throw invalid;
    }
  }

  /** What every key of a proof begins with. */
  static String keyPrefix(RedisSettings redis) {
    return redis.prefix() + ':' + ConfirmationMethod.DPOP.propertyName() + ':';
  }

  private static RedisReplayGuard fit(RedisReplayGuard guard, RedisAddress address) {
    String unfit = guard.unfit(FIRST_LOOK);
    if (unfit == null) {
      return guard;
    }
    guard.close();
    throw new InvalidSettingException(
        DPOP + ".replay.store",
        "it is redis, and " + address + " cannot keep records of spent proofs: " + unfit,
        "Give Holdfast a Redis with maxmemory-policy noeviction in which its user may call INFO");
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
