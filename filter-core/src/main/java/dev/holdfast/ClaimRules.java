package dev.holdfast;

import dev.holdfast.internal.NumericDate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks that both an access-token JWT and an introspection response pass: {@code iss}, {@code
 * aud}, {@code exp}, {@code nbf}, {@code iat} (RFC 9068 section 4, RFC 7662 section 4).
 *
 * <p>Times are seconds since the epoch, with or without a fraction (RFC 7519 section 2). {@code
 * exp} is taken to the letter; the skew is granted to {@code nbf} and {@code iat} only, so that a
 * token is never accepted at or after its end.
 *
 * <p>A claim that is there and is of another type than its RFC says is never taken for one that is
 * missing: the token is refused. A {@code null} counts as missing, except for {@code exp}, whose
 * absence means that the token does not end. A token whose issuer says that it is of another kind
 * ({@link TokenKind#OTHER_TOKEN}), or says its kind in something other than text, is refused.
 *
 * @param issuer the issuer that vouches; a token that names another one is refused
 * @param audiences one of these must be in {@code aud}; empty accepts every audience
 * @param requirements what a token must have, beyond what is checked when present
 * @param clockSkew how far the issuer's clock may be ahead of ours
 * @param clock the wall clock
 */
public record ClaimRules(
    String issuer,
    Set<String> audiences,
    Set<RequiredClaim> requirements,
    Duration clockSkew,
    Clock clock) {

  /** A claim that must be there. */
  public enum RequiredClaim {
    /** {@code iss} must be there; otherwise it is checked only when it is. */
    ISSUER,
    /** {@code exp} must be there. */
    EXPIRY
  }

  /** Copies the collections. */
  public ClaimRules {
    audiences = Set.copyOf(audiences);
    requirements = Set.copyOf(requirements);
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("a clock skew is not negative");
    }
  }

  /**
   * Checks the claims and reads what everyone needs from them.
   *
   * @param claims as a strict JSON parser gives them; numbers as {@code Long} or {@code Double}
   */
  public Verification check(Map<String, Object> claims) {
    String brokenRule = firstBrokenRule(claims);
    if (brokenRule != null) {
      return new Verification.Invalid(brokenRule);
    }
    String clientId = (String) claims.get("client_id");
    return new Verification.Valid(
        new AccessToken(
            issuer,
            (String) claims.get("sub"),
            clientId != null ? clientId : claims.get("azp") instanceof String azp ? azp : null,
            NumericDate.read(claims.get("exp")),
            GrantedScopes.in(claims),
            claims));
  }

  /** Whether {@code aud} names one of the audiences, where some are demanded. */
  public boolean demandedAudienceHolds(Map<String, Object> claims) {
    return names(claims.get("aud")).stream().anyMatch(audiences::contains);
  }

  private @Nullable String firstBrokenRule(Map<String, Object> claims) {
    Object iss = claims.get("iss");
    if (iss != null ? !issuer.equals(iss) : requirements.contains(RequiredClaim.ISSUER)) {
      return "iss is not the issuer that vouches";
    }
    Object aud = claims.get("aud");
    if (aud != null && !(aud instanceof String) && !isTexts(aud)) {
      return "aud is neither text nor a list of texts";
    }
    if (!audiences.isEmpty() && !demandedAudienceHolds(claims)) {
      return "aud names no audience of this service";
    }
    for (String name : List.of("sub", "client_id")) {
      if (claims.get(name) != null && !(claims.get(name) instanceof String)) {
        return name + " is not text";
      }
    }
    String noText = TokenKind.memberThatIsNoText(claims);
    if (noText != null) {
      return noText + " is not text";
    }
    String other = TokenKind.memberThatSays(TokenKind.OTHER_TOKEN, claims);
    return other != null
        ? other + " says that this is not an access token"
        : firstBrokenTime(claims);
  }

  private @Nullable String firstBrokenTime(Map<String, Object> claims) {
    if (claims.containsKey("exp") && NumericDate.read(claims.get("exp")) == null) {
      return "exp is not a number of seconds since the epoch";
    }
    Instant now = clock.instant();
    Instant end = NumericDate.read(claims.get("exp"));
    if (end == null && requirements.contains(RequiredClaim.EXPIRY)) {
      return "exp is missing";
    }
    if (end != null && !now.isBefore(end)) {
      return "exp has passed: " + secondsBetween(end, now) + " s ago";
    }
    for (String name : List.of("nbf", "iat")) {
      Instant start = NumericDate.read(claims.get(name));
      if (start == null && claims.get(name) != null) {
        return name + " is not a number of seconds since the epoch";
      }
      if (start != null && start.isAfter(now.plus(clockSkew))) {
        return name
            + " lies in the future: by "
            + secondsBetween(now, start)
            + " s, and "
            + clockSkew.toSeconds()
            + " s are allowed";
      }
    }
    return null;
  }

  /** Whole seconds, so that a log tells a clock that is off from an attack. */
  private static long secondsBetween(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }

  /** One text or a list of texts (RFC 7519 section 4.1.3); anything else names nobody. */
  private static List<String> names(@Nullable Object value) {
    if (value instanceof String one) {
      return List.of(one);
    }
    if (value instanceof Collection<?> several && isTexts(several)) {
      return several.stream().map(String.class::cast).toList();
    }
    return List.of();
  }

  private static boolean isTexts(@Nullable Object value) {
    return value instanceof Collection<?> several
        && several.stream().allMatch(String.class::isInstance);
  }
}
