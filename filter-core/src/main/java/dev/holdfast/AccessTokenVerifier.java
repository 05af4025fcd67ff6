package dev.holdfast;

import java.util.concurrent.CompletableFuture;

/** Asks the issuer about a token: by its keys, by introspection, or by way of a cache. */
@FunctionalInterface
public interface AccessTokenVerifier {

  /**
   * Verifies the token.
   *
   * @return completes within the verifier's own deadline, with {@link Verification}, or
   *     exceptionally with {@link IssuerUnavailableException} when the issuer cannot be asked. It
   *     may be shared: callers never cancel or complete it. A call from a platform thread may take
   *     as long as the deadline allows and return the future completed.
   */
  CompletableFuture<Verification> verify(PresentedToken token);
}
