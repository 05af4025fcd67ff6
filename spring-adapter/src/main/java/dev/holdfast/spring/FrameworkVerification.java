package dev.holdfast.spring;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;

/**
 * Verifies one request's token by the chain's own filter, run as a sealed box: with a request in
 * which it can leave nothing, a response that nobody receives, and a chain that ends here. Decoder,
 * introspector, converters and managers of the application are honoured, whatever they are; what
 * comes out is an {@code Authentication} that nobody has seen yet.
 */
final class FrameworkVerification implements AccessTokenVerifier {
  private final BearerTokenAuthenticationFilter original;
  private final HttpServletRequest request;
  private final VerifiedAuthentication.Rules rules;
  private final @Nullable ChainManagers managers;
  private @Nullable VerificationScope finished;

  FrameworkVerification(
      BearerTokenAuthenticationFilter original,
      @Nullable ChainManagers managers,
      HttpServletRequest request,
      VerifiedAuthentication.Rules rules) {
    this.managers = managers;
    this.original = original;
    this.request = request;
    this.rules = rules;
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    try (VerificationScope scope = VerificationScope.open()) {
      Authentication authentication = authenticate(token, scope);
      finished = scope;
      if (authentication != null) {
        return CompletableFuture.completedFuture(
            new VerifiedAuthentication(token, authentication, scope, rules, () -> kind(token))
                .verification());
      }
      return scope.outage() == null
          ? CompletableFuture.completedFuture(
              new Verification.Invalid("the chain's own verification refuses the token"))
          : unavailable(scope.outage());
    } catch (AuthenticationServiceException outage) {
      return unavailable(outage);
    } catch (IllegalArgumentException | ClassCastException failed) {
      if (isAboutConfirmation(failed)) {
        return CompletableFuture.completedFuture(
            new Verification.Invalid("cnf is not what Spring Security can read"));
      }
      throw failed;
    }
  }

  private ChainKind kind(PresentedToken token) {
    return managers == null
        ? ChainKind.UNKNOWN
        : managers.kind(new IsolatedRequest(request, token));
  }

  /** Spring Security looks for {@code jkt} in {@code cnf} by unchecked casts. */
  private static boolean isAboutConfirmation(RuntimeException failed) {
    return Arrays.stream(failed.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("isDPoPBoundAccessToken"));
  }

  private @Nullable Authentication authenticate(PresentedToken token, VerificationScope scope) {
    IsolatedRequest isolated = new IsolatedRequest(request, token);
    if (token.scheme() == PresentedToken.Scheme.DPOP && managers != null) {
      Authentication authentication = managers.authenticate(isolated, token.value());
      scope.capture(authentication == null ? null : new SecurityContextImpl(authentication));
      return scope.authentication();
    }
    AtomicBoolean reached = new AtomicBoolean();
    try {
      original.doFilter(
          isolated,
          SilentResponse.INSTANCE,
          (ignoredRequest, ignoredResponse) -> reached.set(true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException("the chain's own verification failed", e);
    }
    return reached.get() ? scope.authentication() : null;
  }

  private static CompletableFuture<Verification> unavailable(@Nullable RuntimeException cause) {
    return CompletableFuture.failedFuture(
        new IssuerUnavailableException(
            "the chain's own verification cannot ask the issuer", cause));
  }

  /** What the chain made of the token; to be used only once the enforcer has allowed it. */
  @Nullable Authentication authentication() {
    return finished == null ? null : finished.authentication();
  }

  /** Publishes the success events that were held back. */
  void releaseEvents() {
    if (finished != null) {
      finished.releaseEvents();
    }
  }
}
