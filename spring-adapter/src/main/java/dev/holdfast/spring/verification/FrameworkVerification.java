package dev.holdfast.spring.verification;

import dev.holdfast.Decision;
import dev.holdfast.FrameworkVerifier;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Refusal;
import dev.holdfast.Verification;
import dev.holdfast.spring.scope.AllowedToken;
import dev.holdfast.spring.scope.ConfirmedOnce;
import dev.holdfast.spring.scope.ContextAside;
import dev.holdfast.spring.scope.JwtText;
import dev.holdfast.spring.scope.VerificationScope;
import dev.holdfast.spring.witness.ChainKind;
import dev.holdfast.spring.witness.VerifiedAuthentication;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;

/**
 * Verifies one request's token by the chain's own filter, run as a sealed box: with a request in
 * which it can leave nothing, a response that nobody receives, and a chain that ends here. Decoder,
 * introspector, converters and managers of the application are honoured, whatever they are; what
 * comes out is an {@code Authentication} that nobody has seen yet.
 *
 * <p>Where Spring Security refuses a token for its binding alone, it is Holdfast that decides.
 */
public final class FrameworkVerification implements FrameworkVerifier {
  private final BearerTokenAuthenticationFilter original;
  private final HttpServletRequest request;
  private final VerifiedAuthentication.Rules rules;
  private final boolean issuerDecides;
  private final SecurityContextHolderStrategy contexts;
  private final @Nullable ChainManagers managers;
  private @Nullable VerificationScope finished;
  private @Nullable PresentedToken verified;
  private @Nullable Authentication result;

  /**
   * One verification.
   *
   * @param issuerDecides whether the policy depends on the token's issuer
   * @param contexts where the chain holds who is authenticated
   */
  public FrameworkVerification(
      BearerTokenAuthenticationFilter original,
      @Nullable ChainManagers managers,
      HttpServletRequest request,
      VerifiedAuthentication.Rules rules,
      boolean issuerDecides,
      SecurityContextHolderStrategy contexts) {
    this.contexts = contexts;
    this.managers = managers;
    this.original = original;
    this.request = request;
    this.rules = rules;
    this.issuerDecides = issuerDecides;
  }

  @Override
  public Decision verify(PresentedToken token, Function<Verification, Decision> confirming) {
    ContextAside aside = ContextAside.begin(contexts);
    try {
      return sealed(token, confirming);
    } finally {
      aside.restore();
    }
  }

  private Decision sealed(PresentedToken token, Function<Verification, Decision> confirming) {
    IsolatedRequest isolated = new IsolatedRequest(request, token);
    try (VerificationScope scope = VerificationScope.open()) {
      finished = scope;
      verified = token;
      ConfirmedOnce once =
          new ConfirmedOnce(
              authentication ->
                  new VerifiedAuthentication(
                          token, authentication, scope, rules, issuerDecides, () -> kind(isolated))
                      .verification(),
              confirming);
      scope.confirmBy(once);
      try {
        result = authenticate(isolated, token, scope);
        if (result == null && !(once.decision() instanceof Decision.Refused)) {
          result = withoutSpringsBindingChecks(isolated, token, scope);
        }
      } catch (AuthenticationServiceException outage) {
        scope.sawOutage(outage);
      } catch (IllegalArgumentException | ClassCastException failed) {
        String claim = FrameworkRefusals.claimOf(failed);
        if (claim == null) {
          throw failed;
        }
        return once.refuse(claim + " is not what Spring Security can read");
      }
      return decide(token, scope, once);
    }
  }

  private Decision decide(PresentedToken token, VerificationScope scope, ConfirmedOnce once) {
    if (once.decision() instanceof Decision.Refused refused) {
      return refused; // before Spring Security could say otherwise
    }
    if (result != null) {
      Decision concluded = once.conclude(result);
      // a certificate that nobody verified is one that Holdfast may take and Spring does not see
      return scope.thumbprintRefused()
              && concluded instanceof Decision.Allowed allowed
              && allowed.binding() != null
          ? allowed.refusedAfterAll(
              Refusal.BINDING_MISMATCH, "Spring Security's own check refuses the certificate")
          : concluded;
    }
    if (scope.outage() != null) {
      throw outage(scope.outage());
    }
    AuthenticationException failure = scope.failure();
    JwtText jwt =
        RefusalCause.isThumbprintAlone(failure) && token.hasJwtShape()
            ? JwtText.parse(token.value())
            : null;
    return jwt == null
        ? once.refuse(RefusalCause.of(failure))
        : once.refuse(rules.check(jwt.claims()), RefusalCause.of(failure));
  }

  /**
   * Spring Security refuses a DPoP-bound token under Bearer, and a certificate that does not fit,
   * without being asked which policy holds. Those tokens are verified once more without that.
   */
  private @Nullable Authentication withoutSpringsBindingChecks(
      IsolatedRequest isolated, PresentedToken token, VerificationScope scope) {
    AuthenticationException failure = scope.failure();
    if (managers == null || failure == null) {
      return null;
    }
    boolean again =
        RefusalCause.isThumbprintAlone(failure)
            ? managers.leaveThumbprintsToHoldfast()
            : isOfTheFilterItself(failure);
    if (!again) {
      return null;
    }
    scope.forgetEvents();
    return byManagers(managers, isolated, token, scope);
  }

  /** No manager refused the token: the filter did, for its jkt. */
  private static boolean isOfTheFilterItself(AuthenticationException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass() == OAuth2AuthenticationException.class
        && trace.length > 0
        && trace[0].getClassName().equals(BearerTokenAuthenticationFilter.class.getName());
  }

  private ChainKind kind(IsolatedRequest isolated) {
    return managers == null ? ChainKind.UNKNOWN : managers.kind(isolated);
  }

  private @Nullable Authentication authenticate(
      IsolatedRequest isolated, PresentedToken token, VerificationScope scope) {
    if (token.scheme() != PresentedToken.Scheme.BEARER && managers != null) {
      return managers.refusesOrTakesAnother(isolated, token.value(), scope)
          ? null
          : byManagers(managers, isolated, token, scope);
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

  private @Nullable Authentication byManagers(
      ChainManagers managers,
      IsolatedRequest isolated,
      PresentedToken token,
      VerificationScope scope) {
    Authentication authentication = managers.authenticate(isolated, token.value(), scope);
    return authentication == null
        ? null
        : AuthenticationFactors.merge(authentication, contexts.getContext().getAuthentication());
  }

  /** What the chain made of the token; to be used only once the enforcer has allowed it. */
  public @Nullable Authentication authentication() {
    return result;
  }

  /** What the chain's own parts refused the token with, or null. */
  public @Nullable AuthenticationException failure() {
    return finished == null ? null : finished.failure();
  }

  /** To be called only once the enforcer has allowed it: later decoders of it may know. */
  public void noteAllowedToken() {
    if (verified != null) {
      AllowedToken.note(request, verified.value());
    }
  }

  /** Publishes the success events that were held back. */
  public void releaseEvents() {
    if (finished != null) {
      finished.releaseEvents();
    }
  }

  /** Holdfast's own verifiers say which issuer it is; of others it is not known. */
  private static IssuerUnavailableException outage(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IssuerUnavailableException known) {
        return known;
      }
    }
    return new IssuerUnavailableException(
        "the chain's own verification cannot ask the issuer", failure);
  }
}
