package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.configuration.Setting.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code dpop}: proofs of possession in a header of each request (RFC 9449).
 *
 * @param enabled whether DPoP-bound tokens are taken
 * @param algorithms JWS names, in the order in which challenges name them
 * @param proofLifetime how old a proof may be
 * @param clockSkew by how much the caller's clock may differ, either way
 * @param minRsaBits the shortest RSA modulus that is taken
 * @param nonce what is demanded of a proof beside its age
 * @param replay where spent proofs are remembered
 */
public record DpopSettings(
    @Setting("true") boolean enabled,
    @Setting("ES256,ES384,EdDSA,Ed25519,PS256,RS256") List<String> algorithms,
    @Setting(value = "60s", least = "1s", most = "1h", step = Step.SECONDS) Duration proofLifetime,
    @Setting(value = "10s", least = "0s", most = "1h", step = Step.SECONDS) Duration clockSkew,
    @Setting(value = "2048", least = "2048", most = "8192") int minRsaBits,
    @Setting.Inline Nonce nonce,
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
   * @param use whether a proof needs a nonce
   * @param lifetime how long a nonce is good at most
   * @param secret at least 32 bytes of text, the same on every node; default: random for each
   *     process
   * @param clockSkew by how much iat of a proof with a current nonce may differ from the clock,
   *     either way; default: no more than that of any other proof
   */
  public record Nonce(
      @Setting(value = "never", name = "nonce") NonceUse use,
      @Setting(value = "5m", name = "nonce-lifetime", least = "2s", most = "1d") Duration lifetime,
      @Setting(name = "nonce-secret") @Nullable String secret,
      @Setting(name = "nonce-clock-skew", least = "0s", most = "1h", step = Step.SECONDS)
          @Nullable Duration clockSkew) {
    /** None is demanded. */
    public static final Nonce NONE = RecordReader.defaults(Nonce.class);

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
   * @param store where spent proofs are remembered
   * @param maxEntries how many proofs the local store remembers at a time; beyond, requests with a
   *     proof are answered with 503
   */
  public record Replay(
      @Setting("local") Store store,
      @Setting(value = "1000000", least = "1", most = "1000000000") long maxEntries) {
    /** In this process, a million at a time. */
    public static final Replay LOCAL = RecordReader.defaults(Replay.class);
  }

  /** Copies the list. */
  public DpopSettings {
    algorithms = List.copyOf(algorithms);
  }

  /** Every default: proofs are taken, a nonce is not demanded. */
  public static DpopSettings defaults() {
    return RecordReader.defaults(DpopSettings.class);
  }

  /** DPoP-bound tokens are refused. */
  public static DpopSettings disabled() {
    DpopSettings defaults = defaults();
    return new DpopSettings(
        false,
        defaults.algorithms,
        defaults.proofLifetime,
        defaults.clockSkew,
        defaults.minRsaBits,
        defaults.nonce,
        defaults.replay);
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
