package dev.holdfast.configuration;

import dev.holdfast.configuration.DpopSettings.NonceUse;
import dev.holdfast.configuration.DpopSettings.Store;

/** Refuses settings of DPoP that would protect nothing, and a shared store that is not there. */
final class DpopChecks {
  private static final String DPOP = "holdfast.dpop.";

  private DpopChecks() {}

  static void check(DpopSettings dpop, RedisSettings redis) {
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
          "it is never, and a lifetime or a secret of nonces is written",
          "Set it to always, or remove those");
    }
    boolean shared = dpop.replay().store() == Store.REDIS;
    if (shared && dpop.replay().maxEntries() != defaults.replay().maxEntries()) {
      throw new InvalidSettingException(
          DPOP + "replay.max-entries",
          "it bounds the local store, and the store is redis",
          "Remove it, and bound the store itself with Redis' maxmemory and noeviction");
    }
    if (shared && redis.uri() == null) {
      throw new InvalidSettingException(
          "holdfast.redis.uri",
          "holdfast.dpop.replay.store=redis is set, and it is missing",
          "Write where Redis or Valkey is, such as rediss://user:password@redis.internal:6380");
    }
    if (!shared && redis.uri() != null) {
      throw new InvalidSettingException(
          "holdfast.redis.uri",
          "nothing is stored there",
          "Set holdfast.dpop.replay.store=redis, or remove it");
    }
  }
}
