package dev.holdfast.spring.scope;

import dev.holdfast.AccessToken;
import dev.holdfast.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;

/**
 * One verification of a token by Spring Security's own parts, whose results are kept from everyone
 * until the binding is confirmed. While it is open, it stands in the place of the security context,
 * and success events wait in it.
 *
 * <p>Bound to the thread, as Spring Security's own calls are, and only between {@link #open} and
 * {@link #close}.
 */
public final class VerificationScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable VerificationScope> CURRENT = new ThreadLocal<>();

  private final List<Runnable> heldEvents = new ArrayList<>(1);
  private final List<String> verifiedTexts = new ArrayList<>(1);
  private final List<AccessToken> vouched = new ArrayList<>(1);
  private final List<Introspected> introspected = new ArrayList<>(1);
  private final @Nullable VerificationScope outer;
  private @Nullable Asking asking;
  private @Nullable SecurityContext captured;
  private @Nullable RuntimeException outage;
  private @Nullable ConfirmedOnce confirmation;
  private @Nullable AuthenticationException failure;
  private boolean thumbprintRefused;

  private VerificationScope(@Nullable VerificationScope outer) {
    this.outer = outer;
  }

  public static VerificationScope open() {
    VerificationScope scope = new VerificationScope(CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  /** The scope that is open on this thread, or null. */
  public static @Nullable VerificationScope current() {
    return CURRENT.get();
  }

  /** A token with this text was handed to a verifier. */
  public void sawVerified(String text) {
    verifiedTexts.add(text);
  }

  /** Holdfast's own verifiers vouch for the token. */
  public void vouchFor(AccessToken token) {
    vouched.add(token);
  }

  /** This introspector of Spring Security's asks the issuer about the token with that text. */
  public void asks(Object introspector, @Nullable String text) {
    asking = text == null ? null : new Asking(introspector, text);
  }

  /** It has the issuer's answer, which counts for the token that it has asked about. */
  public void sawAnswer(Object introspector, Map<String, Object> claims) {
    if (asking != null && asking.introspector() == introspector) {
      introspected.add(new Introspected(asking.text(), JsonClaims.of(claims)));
    }
    asking = null;
  }

  /** What the issuer answered to introspectors of Spring Security's about this token. */
  public List<Map<String, Object>> introspected(String text) {
    return introspected.stream()
        .filter(answer -> answer.text().equals(text))
        .map(Introspected::claims)
        .toList();
  }

  private record Asking(Object introspector, String text) {}

  private record Introspected(String text, Map<String, Object> claims) {}

  /** Who decides about the first success in this scope. */
  public void confirmBy(ConfirmedOnce once) {
    confirmation = once;
  }

  /**
   * An authentication manager of the chain is about to report this.
   *
   * @throws AuthenticationException when the request is refused
   */
  public void succeed(Authentication authentication) {
    if (confirmation != null) {
      confirmation.confirm(authentication);
    }
  }

  /** The chain's own parts refuse the token; the last word counts, and none after Holdfast's. */
  public void sawFailure(AuthenticationException cause) {
    if (confirmation != null && confirmation.decision() instanceof Decision.Refused) {
      return;
    }
    failure = cause;
    if (cause instanceof AuthenticationServiceException) {
      sawOutage(cause);
    }
  }

  public @Nullable AuthenticationException failure() {
    return failure;
  }

  public void hold(Runnable event) {
    heldEvents.add(event);
  }

  void capture(@Nullable SecurityContext context) {
    captured = context;
  }

  /** An issuer could not be asked, whatever becomes of the exception on its way out. */
  public void sawOutage(RuntimeException cause) {
    outage = cause;
  }

  public @Nullable Authentication authentication() {
    SecurityContext context = captured;
    return context == null ? null : context.getAuthentication();
  }

  public @Nullable RuntimeException outage() {
    return outage;
  }

  public List<String> verifiedTexts() {
    return verifiedTexts;
  }

  public List<AccessToken> vouched() {
    return vouched;
  }

  /** Spring Security's own check of the certificate refuses it, and Holdfast is to decide. */
  public static void noteThumbprint() {
    VerificationScope scope = CURRENT.get();
    if (scope != null) {
      scope.thumbprintRefused = true;
    }
  }

  public boolean thumbprintRefused() {
    return thumbprintRefused;
  }

  /** The token is verified once more, and what was to be published with it. */
  public void forgetEvents() {
    heldEvents.clear();
  }

  /** Publishes what was held back. */
  public void releaseEvents() {
    heldEvents.forEach(Runnable::run);
    heldEvents.clear();
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
