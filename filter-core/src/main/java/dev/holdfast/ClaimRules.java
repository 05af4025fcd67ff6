package dev.holdfast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checks that both an access-token JWT and an introspection response pass: {@code iss}, {@code
 * aud}, {@code exp}, {@code nbf}, {@code iat} (RFC 9068 section 4, RFC 7662 section 4).
 *
 * <p>Times are whole seconds since the epoch. {@code exp} is taken to the letter; the skew is
 * granted to {@code nbf} and {@code iat} only, so that a token is never accepted at or after its
 * end.
 *
 * <p>A claim that is there and is of another type than its RFC says, {@code null} included, is
 * never taken for one that is missing: the token is refused.
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
    Set<Requirement> requirements,
    Duration clockSkew,
    Clock clock) {

  /** A claim that must be there. */
  public enum Requirement {
    /** {@code iss} must be there; otherwise it is checked only when it is. */
    ISSUER,
    /** {@code exp} must be there. */
    EXPIRY
  }

  /** 9999-12-31T23:59:59Z: no token's time lies beyond. */
  private static final long LAST_SECOND = 253_402_300_799L;

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
   * @param claims as a strict JSON parser gives them; integers as {@code Long}
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
            claims.get("exp") instanceof Long exp ? Instant.ofEpochSecond(exp) : null,
            scopes(claims.get("scope")),
            claims));
  }

  private @Nullable String firstBrokenRule(Map<String, Object> claims) {
    if (claims.containsKey("iss")
        ? !issuer.equals(claims.get("iss"))
        : requirements.contains(Requirement.ISSUER)) {
      return "iss is not the issuer that vouches";
    }
    Object aud = claims.get("aud");
    if (claims.containsKey("aud") && !(aud instanceof String) && !isTexts(aud)) {
      return "aud is neither text nor a list of texts";
    }
    if (!audiences.isEmpty() && names(aud).stream().noneMatch(audiences::contains)) {
      return "aud names no audience of this service";
    }
    for (String name : List.of("exp", "nbf", "iat")) {
      if (claims.containsKey(name) && !isTime(claims.get(name))) {
        return name + " is not a whole number of seconds";
      }
    }
    for (String name : List.of("sub", "client_id")) {
      if (claims.containsKey(name) && !(claims.get(name) instanceof String)) {
        return name + " is not text";
      }
    }
    Instant now = clock.instant();
    if (claims.get("exp") instanceof Long exp) {
      if (!now.isBefore(Instant.ofEpochSecond(exp))) {
        return "exp has passed";
      }
    } else if (requirements.contains(Requirement.EXPIRY)) {
      return "exp is missing";
    }
    Instant latestStart = now.plus(clockSkew);
    for (String name : List.of("nbf", "iat")) {
      if (claims.get(name) instanceof Long start
          && Instant.ofEpochSecond(start).isAfter(latestStart)) {
        return name + " lies in the future";
      }
    }
    return null;
  }

  private static boolean isTime(@Nullable Object value) {
    return value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND;
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

  private static Set<String> scopes(@Nullable Object scope) {
    List<String> words = scope instanceof String text ? List.of(text.split(" ", -1)) : names(scope);
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
  }
}
