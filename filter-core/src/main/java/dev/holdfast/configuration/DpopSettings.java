package dev.holdfast.configuration;

import dev.holdfast.dpop.DpopRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code dpop}: proofs of possession in a header of each request (RFC 9449).
 *
 * @param enabled {@code .enabled}: whether DPoP-bound tokens are taken; default true
 * @param algorithms {@code .algorithms}: JWS names, in the order in which challenges name them
 * @param proofLifetime {@code .proof-lifetime}: how old a proof may be, in whole seconds
 * @param clockSkew {@code .clock-skew}: by how much the caller's clock may differ, either way
 * @param minRsaBits {@code .min-rsa-bits}: the shortest RSA modulus that is taken, at least 2048
 * @param nonce what is demanded of a proof beside its age
 * @param replay where spent proofs are remembered
 */
public record DpopSettings(
    boolean enabled,
    List<String> algorithms,
    Duration proofLifetime,
    Duration clockSkew,
    int minRsaBits,
    Nonce nonce,
    Replay replay) {

  /** Whether a proof needs a nonce (RFC 9449 section 9). */
  public enum NonceUse {
    /** None is demanded or handed out. */
    NEVER,
    /** Wherever the policy takes DPoP, a proof needs one. */
    ALWAYS
  }

  /** Where spent proofs are remembered. */
  public enum Store {
    /** In this process: for a service of one node. */
    LOCAL,
    /** In Redis or Valkey, for all nodes that share it. */
    REDIS
  }

  /**
   * The nonces.
   *
   * @param use {@code .nonce}
   * @param lifetime {@code .nonce-lifetime}: how long one is good at most
   * @param secret {@code .nonce-secret}: at least 32 bytes of text, the same on every node; null:
   *     random for each process
   * @param clockSkew {@code .nonce-clock-skew}: by how much {@code iat} of a proof with a current
   *     nonce may differ from the clock, either way; null: no more than that of any other proof
   */
  public record Nonce(
      NonceUse use, Duration lifetime, @Nullable String secret, @Nullable Duration clockSkew) {
    /** None is demanded. */
    public static final Nonce NONE = new Nonce(NonceUse.NEVER, Duration.ofMinutes(5), null, null);

    /** Nonces of this kind whose proofs are as old as any other. */
    public Nonce(NonceUse use, Duration lifetime, @Nullable String secret) {
      this(use, lifetime, secret, null);
    }

    /** The secret stays out of it. */
    @Override
    public String toString() {
      return "Nonce[use=" + use + ", lifetime=" + lifetime + ", clockSkew=" + clockSkew + "]";
    }
  }

  /**
   * The replay guard.
   *
   * @param store {@code .replay.store}
   * @param maxEntries {@code .replay.max-entries}: how many proofs the local store remembers at a
   *     time; beyond, requests with a proof are answered with 503
   */
  public record Replay(Store store, long maxEntries) {
    /** In this process, a million at a time. */
    public static final Replay LOCAL = new Replay(Store.LOCAL, 1_000_000);
  }

  /** Copies the list. */
  public DpopSettings {
    algorithms = List.copyOf(algorithms);
  }

  /** Every default: proofs are taken, a nonce is not demanded. */
  public static DpopSettings defaults() {
    return of(true);
  }

  /** DPoP-bound tokens are refused. */
  public static DpopSettings disabled() {
    return of(false);
  }

  private static DpopSettings of(boolean enabled) {
    DpopRules rules = DpopRules.DEFAULTS;
    return new DpopSettings(
        enabled,
        rules.algorithms(),
        rules.proofLifetime(),
        rules.clockSkew(),
        rules.minRsaBits(),
        Nonce.NONE,
        Replay.LOCAL);
  }

  /** These settings with other nonces. */
  public DpopSettings with(Nonce other) {
    return new DpopSettings(
        enabled, algorithms, proofLifetime, clockSkew, minRsaBits, other, replay);
  }

  /** These settings with another replay guard. */
  public DpopSettings with(Replay other) {
    return new DpopSettings(
        enabled, algorithms, proofLifetime, clockSkew, minRsaBits, nonce, other);
  }
}
