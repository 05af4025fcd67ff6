package dev.holdfast.spring.webflux.verification;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns Spring Security's typed attributes back into the JSON values that they were made of. */
final class JsonClaims {
  private JsonClaims() {}

  public static Map<String, Object> of(Map<?, ?> attributes) {
    Map<String, Object> claims = new LinkedHashMap<>();
    attributes.forEach((name, value) -> putNullable(claims, String.valueOf(name), json(value)));
    return claims;
  }

  @SuppressWarnings("NullAway") // a JSON null stays a null value, so that containsKey tells
  private static void putNullable(Map<String, Object> claims, String name, @Nullable Object value) {
    claims.put(name, value);
  }

  private static @Nullable Object json(@Nullable Object value) {
    if (value instanceof Instant moment) {
      return moment.getEpochSecond();
    }
    if (value instanceof Date moment) {
      return moment.toInstant().getEpochSecond();
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> object) {
      return of(object);
    }
    return value instanceof Collection<?> array
        ? array.stream().map(JsonClaims::json).toList()
        : value.toString(); // an URL, above all
  }
}
