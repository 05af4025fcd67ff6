package dev.holdfast.spring.scope;

import dev.holdfast.AccessToken;
import dev.holdfast.Decision;
import dev.holdfast.Refusal;
import dev.holdfast.Verification;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * The decision about one request, taken as soon as Spring Security has authenticated its token and
 * before it says so to anybody: a refusal is then a failed authentication in Spring's own figures
 * too. It is taken once, for it spends what counts once.
 */
public final class ConfirmedOnce {
  private final Function<Authentication, Verification> reading;
  private final Function<Verification, Decision> confirming;
  private @Nullable Authentication confirmed;
  private @Nullable Verification said;
  private @Nullable Decision decision;

  /**
   * One that is not taken yet.
   *
   * @param reading what an {@code Authentication} says of the token
   * @param confirming takes the decision over that
   */
  public ConfirmedOnce(
      Function<Authentication, Verification> reading, Function<Verification, Decision> confirming) {
    this.reading = reading;
    this.confirming = confirming;
  }

  /** What was decided, or null. */
  public @Nullable Decision decision() {
    return decision;
  }

  /**
   * An authentication manager is about to say that this is a success. What is of another kind than
   * a token's authentication and says nothing of the token may be a step on the way to it.
   *
   * @throws org.springframework.security.core.AuthenticationException when the request is refused
   */
  void confirm(Authentication authentication) {
    if (decision != null) {
      return;
    }
    Verification verification = reading.apply(authentication);
    if (verification instanceof Verification.Invalid
        && !(authentication instanceof AbstractOAuth2TokenAuthenticationToken)) {
      return;
    }
    if (take(authentication, verification) instanceof Decision.Refused refused) {
      throw PublicReasons.outside(refused.refusal());
    }
  }

  /** What is decided about the chain's result. */
  public Decision conclude(Authentication result) {
    Decision taken = decision;
    if (taken == null) {
      return take(result, reading.apply(result));
    }
    if (taken instanceof Decision.Allowed && result != confirmed && !saysTheSame(result)) {
      return new Decision.Refused(
          Refusal.INVALID_TOKEN, "the chain's result is not the one that was confirmed", null);
    }
    return taken;
  }

  /** The chain has refused the token, whatever was decided about its binding. */
  public Decision refuse(String rule) {
    return refuse(new Verification.Invalid(rule), rule);
  }

  /**
   * The same where the token is known to be good: then the decision about its binding says more.
   *
   * @param known what its issuer says
   */
  public Decision refuse(Verification known, String rule) {
    Decision taken = decision;
    if (taken == null) {
      taken = confirming.apply(known);
      decision = taken;
    }
    return taken instanceof Decision.Allowed allowed
        ? allowed.refusedAfterAll(Refusal.INVALID_TOKEN, rule)
        : taken;
  }

  private Decision take(Authentication authentication, Verification verification) {
    confirmed = authentication;
    said = verification;
    Decision taken = confirming.apply(verification);
    decision = taken;
    return taken;
  }

  private boolean saysTheSame(Authentication result) {
    if (!(said instanceof Verification.Valid before)
        || !(reading.apply(result) instanceof Verification.Valid after)) {
      return false;
    }
    AccessToken first = before.token();
    return first.confirmation().equals(after.token().confirmation())
        && first.issuer().equals(after.token().issuer());
  }
}
