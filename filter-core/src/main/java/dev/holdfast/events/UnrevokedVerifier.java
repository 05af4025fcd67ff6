package dev.holdfast.events;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.PresentedToken;
import dev.holdfast.TokenScreen;
import dev.holdfast.Verification;
import java.util.concurrent.CompletableFuture;

/**
 * Asks its delegate, and then whether the token was revoked. It belongs between a cache and those
 * who ask issuers, so that a request whose token is cached pays nothing for it.
 */
public final class UnrevokedVerifier implements AccessTokenVerifier {
  private final AccessTokenVerifier delegate;
  private final TokenScreen screen;

  public UnrevokedVerifier(AccessTokenVerifier delegate, TokenScreen screen) {
    this.delegate = delegate;
    this.screen = screen;
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    return delegate
        .verify(token)
        .thenCompose(
            said ->
                said instanceof Verification.Valid valid
                    ? screen.screen(token, valid)
                    : CompletableFuture.completedFuture(said));
  }
}
