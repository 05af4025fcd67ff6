package dev.holdfast.spring.webflux.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.AccessToken;
import dev.holdfast.internal.NumericDate;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Spring Security's {@code Jwt} of tokens that an issuer of Holdfast vouches for. Header and claims
 * are read and converted once, for as long as Holdfast's cache keeps what the issuer said. The
 * token's text is not kept.
 */
final class ConvertedJwts {
  private static final List<String> TIMES = List.of("exp", "nbf", "iat");

  private final Converter<Map<String, Object>, Map<String, Object>> claimTypes =
      MappedJwtClaimSetConverter.withDefaults(Map.of());
  private final Cache<AccessToken, Converted> known = Caffeine.newBuilder().weakKeys().build();

  /**
   * What does not change from request to request.
   *
   * @param begin the text up to the first dot, and with it
   * @param header what it says
   * @param claims in Spring Security's types
   */
  private record Converted(String begin, Map<String, Object> header, Map<String, Object> claims) {
    boolean isOf(String text) {
      int end = text.indexOf('.', begin.length());
      return text.startsWith(begin) && end > 0 && text.indexOf('.', end + 1) < 0;
    }

    Jwt jwt(String text) {
      return new Jwt(text, moment("iat"), moment("exp"), header, claims);
    }

    private @Nullable Instant moment(String name) {
      return claims.get(name) instanceof Instant moment ? moment : null;
    }
  }

  /**
   * The same token for Spring Security; null when the text is no JWT.
   *
   * @param text of the token
   * @param verified what its issuer says
   * @throws IllegalArgumentException when the claims do not fit together
   * @throws IllegalStateException when a claim is of a type that Spring Security cannot convert
   */
  @Nullable Jwt of(String text, AccessToken verified) {
    Converted converted = known.getIfPresent(verified);
    if (converted != null && converted.isOf(text)) {
      return converted.jwt(text);
    }
    JwtText parsed = JwtText.parse(text);
    if (parsed == null) {
      return null;
    }
    Converted made =
        new Converted(text.substring(0, text.indexOf('.') + 1), parsed.header(), claims(verified));
    if (parsed.header().values().stream().noneMatch(ConvertedJwts::canBeChanged)) {
      known.put(verified, made);
    }
    return made.jwt(text);
  }

  /** An application that changed it would change it for the next request as well. */
  private static boolean canBeChanged(@Nullable Object value) {
    return value instanceof Map || value instanceof Iterable;
  }

  private Map<String, Object> claims(AccessToken verified) {
    Map<String, Object> claims = new LinkedHashMap<>(verified.claims());
    for (String time : TIMES) { // Spring's own conversion fails beyond the calendar
      claims.computeIfPresent(time, (name, value) -> NumericDate.read(value));
    }
    Map<String, Object> converted = claimTypes.convert(claims);
    if (converted == null) {
      throw new IllegalStateException("the token has no claims");
    }
    converted.replaceAll(
        (name, value) ->
            value instanceof List<?> list ? Collections.unmodifiableList(list) : value);
    return converted;
  }
}
