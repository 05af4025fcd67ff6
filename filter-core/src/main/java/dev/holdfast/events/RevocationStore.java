package dev.holdfast.events;

import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what is revoked: marks, each with a moment up to which tokens that have it were issued.
 * It is bounded; when it is full it may remember less exactly and refuse more, never less.
 */
public interface RevocationStore {

  /**
   * Remembers that tokens with any of these marks are revoked which were issued up to that moment.
   * An earlier moment does not replace a later one. When this has returned, it is remembered for
   * every later {@link #revokes} of this node, whatever becomes of the result.
   *
   * @return completes when it is remembered for all nodes that share the store; exceptionally with
   *     {@link dev.holdfast.IssuerUnavailableException} when they could not be told
   */
  CompletableFuture<Void> remember(Collection<TokenMark> marks, Instant upTo);

  /**
   * Whether a token is revoked.
   *
   * @param issuer its issuer
   * @param marks all its marks
   * @param issuedAt when it was issued; null: nobody knows, so that it counts as issued before
   *     everything
   * @return exceptionally with {@link dev.holdfast.IssuerUnavailableException} when that cannot be
   *     found out
   */
  CompletableFuture<Boolean> revokes(
      String issuer, Collection<TokenMark> marks, @Nullable Instant issuedAt);

  /** Whether a mark of that kind may be remembered; where not, nobody need make one. */
  default boolean mayHave(TokenMark.Kind kind) {
    return true;
  }

  /** Whether it is certain that nothing was ever revoked: the usual case, which costs nothing. */
  default boolean isEmpty() {
    return false;
  }
}
