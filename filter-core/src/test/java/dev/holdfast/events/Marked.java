package dev.holdfast.events;

import dev.holdfast.AccessToken;
import dev.holdfast.ClaimRules;
import dev.holdfast.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tokens for the tests of this package. */
final class Marked {
  static final String ISSUER = "https://as.example";
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Marked() {}

  /** What an issuer says with these claims. */
  static Verification.Valid token(Object... namesAndValues) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      claims.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    ClaimRules rules =
        new ClaimRules((String) claims.get("iss"), Set.of(), Set.of(), Duration.ofDays(1), clock);
    if (rules.check(claims) instanceof Verification.Valid valid) {
      return valid;
    }
    throw new AssertionError(claims);
  }

  static AccessToken claims(Object... namesAndValues) {
    return token(namesAndValues).token();
  }

  /** A text with the shape of a JWT of this issuer, which nobody has signed. */
  static String text(String issuer, String id) {
    return part("{\"alg\":\"ES256\"}")
        + '.'
        + part("{\"iss\":\"" + issuer + "\",\"jti\":\"" + id + "\"}")
        + ".AAAA";
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
