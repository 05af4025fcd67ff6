package dev.holdfast.introspection.signed;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;

import dev.holdfast.internal.NumericDate;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a signed response (RFC 9701 section 5). Its own {@code exp} and {@code nbf} are
 * those of the response, as its {@code iat} is (RFC 7519 section 4.1); neither they nor a {@code
 * sub} say anything of the token.
 *
 * @param recipients names of this service
 */
record ResponseClaims(String issuer, Set<String> recipients, Duration clockSkew, Clock clock) {

  /** The members of {@code token_introspection}. */
  Map<String, Object> introspection(Map<String, Object> claims, Instant asked)
      throws UnacceptableJoseException {
    require(issuer.equals(claims.get("iss")), "iss is not the issuer");
    require(names(claims.get("aud")), "aud does not name this service");
    checkTimes(claims, asked);
    if (claims.get("token_introspection") instanceof Map<?, ?> said) {
      return members(said);
    }
    throw new UnacceptableJoseException("token_introspection is not an object");
  }

  private boolean names(@Nullable Object audience) {
    return audience instanceof Collection<?> several
        ? several.stream().allMatch(String.class::isInstance)
            && several.stream().anyMatch(recipients::contains)
        : audience instanceof String one && recipients.contains(one);
  }

  private void checkTimes(Map<String, Object> claims, Instant asked)
      throws UnacceptableJoseException {
    Instant issued = time(claims, "iat");
    if (issued == null) {
      throw new UnacceptableJoseException("iat is missing");
    }
    Instant now = clock.instant();
    Instant latest = now.plus(clockSkew);
    // Most issuers write whole seconds.
    Instant earliest = asked.truncatedTo(ChronoUnit.SECONDS).minus(clockSkew);
    require(!issued.isBefore(earliest), "iat lies before the call");
    require(!issued.isAfter(latest), "iat lies in the future");
    Instant end = time(claims, "exp");
    require(end == null || now.isBefore(end), "exp of the response has passed");
    Instant start = time(claims, "nbf");
    require(start == null || !start.isAfter(latest), "nbf of the response lies in the future");
  }

  private static @Nullable Instant time(Map<String, Object> claims, String name)
      throws UnacceptableJoseException {
    if (claims.get(name) == null && !(name.equals("exp") && claims.containsKey(name))) {
      return null;
    }
    Instant time = NumericDate.read(claims.get(name));
    require(time != null, name + " is not a number of seconds since the epoch");
    return time;
  }

  @SuppressWarnings("unchecked") // a JSON object's names are text
  private static Map<String, Object> members(Map<?, ?> object) {
    return (Map<String, Object>) object;
  }
}
