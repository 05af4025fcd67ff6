package dev.holdfast.jwt.keys;

import java.util.concurrent.CompletableFuture;

/** Where the keys come from. */
@FunctionalInterface
public interface KeySetOrigin {

  /**
   * Asks for the keys, now.
   *
   * @return completes within a deadline, exceptionally with {@link
   *     dev.holdfast.IssuerUnavailableException} when there is no usable answer
   */
  CompletableFuture<KeySet> fetch();

  /** Whose keys they are, for the log. */
  default String issuer() {
    return "an issuer without a name";
  }
}
