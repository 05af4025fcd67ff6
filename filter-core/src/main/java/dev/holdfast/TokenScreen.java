package dev.holdfast;

import java.util.concurrent.CompletableFuture;

/**
 * Has the last word on a token that its issuer vouches for: it may have been revoked since it was
 * issued.
 */
@FunctionalInterface
public interface TokenScreen {

  /** The rule that a revoked token breaks. */
  String REVOKED = "a security event or an operator revoked it";

  /**
   * Looks at the token.
   *
   * @param presented the token as it came
   * @param vouchedFor what the issuer says of it
   * @return completes with {@link Verification.Valid} of the same token, or with {@link
   *     Verification.Invalid}; exceptionally with {@link IssuerUnavailableException} when that
   *     cannot be found out
   */
  CompletableFuture<Verification> screen(PresentedToken presented, Verification.Valid vouchedFor);
}
