package dev.holdfast;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers which one-time proofs were spent, at least for as long as each could be accepted.
 *
 * <p>Of any number of calls with one proof exactly one is {@link Outcome#FIRST}, whatever the
 * threads and whatever the clock does. An implementation that cannot remember one more proof says
 * so; it never makes room by forgetting one that could still be accepted. Safe for use by many
 * threads; no call blocks for longer than a configured deadline.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-11.1">RFC 9449, section 11.1</a>
 */
public interface ReplayGuard {

  /**
   * Spends a proof. Called last, when everything else about the request holds.
   *
   * @param proof a digest of the proof's key and of its identifier
   * @param acceptableUntil the last second at which the proof is inside its window, skew included
   */
  Outcome spend(Sha256Digest proof, Instant acceptableUntil);

  /**
   * The same, for a guard that gives every key a share of its room only, so that one caller cannot
   * fill it for all.
   *
   * @param key the key that signed the proof
   */
  default Outcome spend(Binding key, Sha256Digest proof, Instant acceptableUntil) {
    return spend(proof, acceptableUntil);
  }

  /**
   * The same without blocking the caller. A guard that may wait for its store overrides this.
   *
   * @param key the key that signed the proof
   */
  default CompletionStage<Outcome> spendAsync(
      Binding key, Sha256Digest proof, Instant acceptableUntil) {
    return CompletableFuture.completedFuture(spend(key, proof, acceptableUntil));
  }

  /** What became of it. */
  enum Outcome {
    /** It was not spent before, and is now. */
    FIRST,
    /** It was spent before, or it is so old that nobody can tell. */
    SPENT,
    /** It could not be recorded: the guard is full, or its store cannot be asked. */
    UNAVAILABLE
  }
}
