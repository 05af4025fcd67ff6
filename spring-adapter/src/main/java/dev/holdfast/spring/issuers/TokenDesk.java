package dev.holdfast.spring.issuers;

import dev.holdfast.AccessToken;
import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.Confirmation;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.spring.scope.VerificationScope;
import java.util.concurrent.ExecutionException;

/**
 * Where Spring Security's decoders and introspectors ask Holdfast's issuers, by way of its cache.
 * Inside a {@link VerificationScope} it vouches for the token there.
 */
public final class TokenDesk {
  private final AccessTokenVerifier tokens;

  public TokenDesk(AccessTokenVerifier tokens) {
    this.tokens = tokens;
  }

  /**
   * What the issuers say of the token.
   *
   * @throws IssuerUnavailableException when one cannot be asked
   * @throws InvalidTokenException when none vouches for it
   */
  AccessToken require(String text) throws InvalidTokenException {
    PresentedToken token;
    try {
      token = PresentedToken.of(PresentedToken.Scheme.BEARER, text);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidTokenException("it is no token68");
    }
    Verification verification = verify(token);
    if (!(verification instanceof Verification.Valid valid)) {
      throw new InvalidTokenException(
          verification instanceof Verification.Invalid invalid ? invalid.rule() : "none");
    }
    VerificationScope scope = VerificationScope.current();
    if (scope != null) {
      scope.sawVerified(text);
      scope.vouchFor(valid.token());
    }
    return valid.token();
  }

  /** Whether its {@code cnf} says anything that Spring Security's own validators do not compare. */
  static boolean demandsMoreThanACertificate(AccessToken token) {
    return token.confirmation() instanceof Confirmation.Bound bound
        ? bound.demanded().stream()
            .anyMatch(binding -> binding.method() != ConfirmationMethod.CERTIFICATE)
        : token.confirmation() instanceof Confirmation.Unusable;
  }

  private Verification verify(PresentedToken token) {
    try {
      return tokens.verify(token).get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IssuerUnavailableException("interrupted while the issuer was asked", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IssuerUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("a token verifier failed", failed.getCause());
    }
  }

  /** No issuer vouches for the token. Its message is for everybody, its rule for the log. */
  public static final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String rule;

    InvalidTokenException(String rule) {
      super("the token is not valid here", null, false, false);
      this.rule = rule;
    }

    public String rule() {
      return rule;
    }
  }
}
