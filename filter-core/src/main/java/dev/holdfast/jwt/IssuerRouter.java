package dev.holdfast.jwt;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each token to the issuer that can speak for it.
 *
 * <ul>
 *   <li>A JWT goes to the verifier of its {@code iss}. The claim is not verified yet: it only picks
 *       who is asked, and that verifier insists on its own {@code iss} and keys.
 *   <li>A JWT of nobody configured, and every token that is no JWT, goes to the verifiers for
 *       opaque tokens, in order, until one vouches. When none does and one of them could not be
 *       asked, the issuer is unavailable; without any the token is invalid and no network is
 *       touched.
 *   <li>A token whose header is a JWT's but which does not read strictly is invalid: no issuer is
 *       asked to be more lenient.
 * </ul>
 */
public final class IssuerRouter implements AccessTokenVerifier {
  private final Map<String, AccessTokenVerifier> byIssuer;
  private final List<AccessTokenVerifier> opaque;
  private final @Nullable AccessTokenVerifier only;

  /**
   * Routes between these.
   *
   * @param byIssuer by issuer identifier
   * @param opaque who is asked about tokens that name no known issuer, in this order
   */
  public IssuerRouter(
      Map<String, ? extends AccessTokenVerifier> byIssuer,
      List<? extends AccessTokenVerifier> opaque) {
    this.byIssuer = Map.copyOf(byIssuer);
    this.opaque = List.copyOf(opaque);
    this.only =
        byIssuer.size() == 1 && opaque.isEmpty() ? byIssuer.values().iterator().next() : null;
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    if (!token.hasJwtShape()) {
      return askOpaque(token);
    }
    if (only != null) {
      return only.verify(token); // it reads the issuer itself
    }
    String text = token.value();
    try {
      UnverifiedJwt jwt = UnverifiedJwt.read(text);
      String issuer = jwt.claimedIssuer();
      AccessTokenVerifier verifier = issuer == null ? null : byIssuer.get(issuer);
      if (verifier instanceof JwtAccessTokenVerifier byKeys) {
        return byKeys.verify(jwt); // read once
      }
      return verifier != null ? verifier.verify(token) : askOpaque(token);
    } catch (UnacceptableJoseException e) {
      return CompactJws.hasJsonHeader(text) ? invalid(e.rule()) : askOpaque(token);
    }
  }

  private CompletableFuture<Verification> askOpaque(PresentedToken token) {
    return opaque.isEmpty()
        ? invalid("no configured issuer speaks for this token")
        : askFrom(0, token, null);
  }

  private CompletableFuture<Verification> askFrom(
      int index, PresentedToken token, @Nullable IssuerUnavailableException unavailable) {
    return opaque
        .get(index)
        .verify(token)
        .handle(Answer::new)
        .thenCompose(
            answer -> {
              IssuerUnavailableException missing = answer.unavailable();
              IssuerUnavailableException anyMissing = missing != null ? missing : unavailable;
              if (answer.isFinal() || (index + 1 == opaque.size() && anyMissing == null)) {
                return answer.asFuture();
              }
              return index + 1 == opaque.size()
                  ? CompletableFuture.failedFuture(anyMissing)
                  : askFrom(index + 1, token, anyMissing);
            });
  }

  /** What one verifier said, or how it failed. */
  private record Answer(@Nullable Verification verification, @Nullable Throwable failure) {

    @Nullable IssuerUnavailableException unavailable() {
      return cause() instanceof IssuerUnavailableException known ? known : null;
    }

    /** Someone vouches, or something is broken that no other verifier mends. */
    boolean isFinal() {
      return verification instanceof Verification.Valid
          || (failure != null && unavailable() == null);
    }

    CompletableFuture<Verification> asFuture() {
      Throwable cause = cause();
      return cause != null
          ? CompletableFuture.failedFuture(cause)
          : CompletableFuture.completedFuture(verification);
    }

    private @Nullable Throwable cause() {
      return failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
    }
  }

  private static CompletableFuture<Verification> invalid(String rule) {
    return CompletableFuture.completedFuture(new Verification.Invalid(rule));
  }
}
