package dev.holdfast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a token says with what a rule demands of it beside its binding. The user's
 * authentication comes first (401), then the scopes (403): a client that must send its user to the
 * issuer anyway learns of both from one answer.
 */
final class Strength {
  private Strength() {}

  /** The refusal of a token that says too little; null where it says enough. */
  static Decision.@Nullable Refused lacking(
      AccessToken token, TokenRequirement demanded, AuthenticationClock clock) {
    String weak = weakAcr(token, demanded.acrValues());
    if (weak == null) {
      weak = tooOld(token, demanded.maxAuthenticationAge(), clock);
    }
    if (weak != null) {
      return new Decision.Refused(Refusal.INSUFFICIENT_USER_AUTHENTICATION, weak, token);
    }
    String missing = missingScopes(token, demanded.scopes());
    return missing == null
        ? null
        : new Decision.Refused(Refusal.INSUFFICIENT_SCOPE, missing, token);
  }

  private static @Nullable String weakAcr(AccessToken token, @Nullable List<String> demanded) {
    if (demanded == null) {
      return null;
    }
    String acr = token.acr();
    if (acr == null) {
      return token.claims().get("acr") == null ? "acr is missing" : "acr is not text";
    }
    return demanded.contains(acr) ? null : "acr is none of those that the rule takes";
  }

  private static @Nullable String tooOld(
      AccessToken token, @Nullable Duration greatest, AuthenticationClock clock) {
    if (greatest == null) {
      return null;
    }
    Instant authenticated = token.authTime();
    if (authenticated == null) {
      return token.claims().get("auth_time") == null
          ? "auth_time is missing"
          : "auth_time is not a number of seconds since the epoch";
    }
    Instant now = clock.now();
    if (authenticated.isAfter(now.plus(clock.clockSkew()))) {
      return "auth_time lies in the future: by "
          + Duration.between(now, authenticated).toSeconds()
          + " s, and "
          + clock.clockSkew().toSeconds()
          + " s are allowed";
    }
    return now.isAfter(authenticated.plus(greatest))
        ? "auth_time is too long ago: "
            + Duration.between(authenticated, now).toSeconds()
            + " s, and "
            + greatest.toSeconds()
            + " s are allowed"
        : null;
  }

  private static @Nullable String missingScopes(AccessToken token, List<String> demanded) {
    if (token.scopes().containsAll(demanded)) {
      return null;
    }
    String unreadable = GrantedScopes.problem(token.claims());
    return unreadable != null
        ? unreadable
        : "the token was not granted "
            + String.join(
                " ", demanded.stream().filter(one -> !token.scopes().contains(one)).toList());
  }
}
