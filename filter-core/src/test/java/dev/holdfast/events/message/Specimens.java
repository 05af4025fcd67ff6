package dev.holdfast.events.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Valid messages, and what one mutation makes of them. */
final class Specimens {
  static final String ISSUER = "https://as.example";
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final long NOW = NOON.getEpochSecond();
  static final EventRules RULES =
      new EventRules(Duration.ofSeconds(30), Clock.fixed(NOON, ZoneOffset.UTC));
  static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
  static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
  static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

  private Specimens() {}

  static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  static Map<String, Object> issSub(String issuer, String subject) {
    return object("format", "iss_sub", "iss", issuer, "sub", subject);
  }

  /** A valid security event of this type. */
  static Map<String, Object> event(String type, Map<String, Object> members) {
    return object(
        "iss",
        ISSUER,
        "jti",
        "e1",
        "iat",
        NOW,
        "aud",
        "https://api.example",
        "sub_id",
        issSub(ISSUER, "alice"),
        "events",
        object(type, members));
  }

  static Map<String, Object> logout() {
    return object(
        "iss",
        ISSUER,
        "jti",
        "l1",
        "iat",
        NOW,
        "exp",
        NOW + 120,
        "aud",
        "client",
        "sub",
        "alice",
        "sid",
        "s1",
        "events",
        object(LOGOUT, object()));
  }

  static Map<String, Object> mutated(
      Map<String, Object> claims, Consumer<Map<String, Object>> mutation) {
    Map<String, Object> copy = new LinkedHashMap<>(claims);
    mutation.accept(copy);
    return copy;
  }
}
