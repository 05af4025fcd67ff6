package dev.holdfast.events;

import dev.holdfast.PresentedToken;
import dev.holdfast.TokenScreen;
import dev.holdfast.Verification;
import dev.holdfast.internal.NumericDate;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Refuses JWTs that were revoked. A token that is introspected is not looked at: its issuer is
 * asked anew once it is evicted, and knows better.
 */
public final class RevocationScreen implements TokenScreen {
  private final RevocationStore store;
  private final Predicate<String> hasKeys;

  /**
   * A screen.
   *
   * @param hasKeys tells of an issuer whether its JWTs are verified by its keys
   */
  public RevocationScreen(RevocationStore store, Predicate<String> hasKeys) {
    this.store = store;
    this.hasKeys = hasKeys;
  }

  @Override
  public CompletableFuture<Verification> screen(
      PresentedToken presented, Verification.Valid vouchedFor) {
    String issuer = vouchedFor.token().issuer();
    if (store.isEmpty() || !presented.hasJwtShape() || !hasKeys.test(issuer)) {
      return CompletableFuture.completedFuture(vouchedFor);
    }
    return store
        .revokes(
            issuer,
            TokenMark.of(presented, vouchedFor.token(), store.mayHave(TokenMark.Kind.SIGNED_PART)),
            NumericDate.read(vouchedFor.token().claims().get("iat")))
        .thenApply(revoked -> revoked ? new Verification.Invalid(REVOKED) : vouchedFor);
  }
}
