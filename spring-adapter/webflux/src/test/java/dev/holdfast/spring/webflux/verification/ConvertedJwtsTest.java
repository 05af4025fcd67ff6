package dev.holdfast.spring.webflux.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.AccessToken;
import dev.holdfast.ClaimRules;
import dev.holdfast.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

/** The same {@code Jwt} comes out whether the token was seen before or not. */
class ConvertedJwtsTest {
  private static final String ISSUER = "https://issuer.example";
  private static final Map<String, Object> CLAIMS =
      Map.of(
          "iss",
          ISSUER,
          "sub",
          "alice",
          "aud",
          "https://api.example",
          "exp",
          4_000_000_000L,
          "iat",
          1_700_000_000L,
          "roles",
          List.of("reader"));

  private final ConvertedJwts converted = new ConvertedJwts();

  private static AccessToken token() {
    Verification verification =
        new ClaimRules(ISSUER, Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC()).check(CLAIMS);
    return ((Verification.Valid) verification).token();
  }

  private static String text(String header, String signature) {
    return encoded(header) + '.' + encoded("{\"sub\":\"alice\"}") + '.' + encoded(signature);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertConverted(Jwt jwt, String text, Map<String, Object> header) {
    assertThat(jwt).isNotNull();
    assertThat(jwt.getTokenValue()).isEqualTo(text);
    assertThat(jwt.getHeaders()).isEqualTo(header);
    assertThat(jwt.getSubject()).isEqualTo("alice");
    assertThat(jwt.getAudience()).containsExactly("https://api.example");
    assertThat(jwt.getExpiresAt()).isEqualTo(Instant.ofEpochSecond(4_000_000_000L));
    assertThat(jwt.getIssuedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
    assertThat(jwt.getClaimAsStringList("roles")).containsExactly("reader");
  }

  @Test
  void theSecondTimeIsLikeTheFirst() {
    AccessToken token = token();
    String text = text("{\"alg\":\"RS256\",\"kid\":\"1\"}", "first");
    Map<String, Object> header = Map.of("alg", "RS256", "kid", "1");
    Jwt first = converted.of(text, token);
    Jwt second = converted.of(text, token);
    assertConverted(first, text, header);
    assertConverted(second, text, header);
    assertThat(second.getClaims().get("roles")).isSameAs(first.getClaims().get("roles"));
  }

  /** A verifier of somebody else's may give one answer for several texts. */
  @Test
  void anotherTextIsReadAnew() {
    AccessToken token = token();
    converted.of(text("{\"alg\":\"RS256\"}", "first"), token);
    String other = text("{\"alg\":\"ES256\"}", "first");
    assertConverted(converted.of(other, token), other, Map.of("alg", "ES256"));
    String sameHeader = text("{\"alg\":\"RS256\"}", "second");
    assertConverted(converted.of(sameHeader, token), sameHeader, Map.of("alg", "RS256"));
    assertThat(converted.of(sameHeader + ".more", token)).isNull();
    assertThat(converted.of(encoded("{\"alg\":\"RS256\"}"), token)).isNull();
    assertThat(converted.of(encoded("{\"alg\":\"RS256\"}") + ".x", token)).isNull();
  }

  /** What an application changes in one request is not there in the next. */
  @Test
  void nothingOfItCanBeChanged() {
    AccessToken token = token();
    String nested = text("{\"alg\":\"RS256\",\"x5c\":[\"a\"]}", "first");
    Jwt first = converted.of(nested, token);
    Jwt second = converted.of(nested, token);
    assertThat(second.getHeaders().get("x5c"))
        .isEqualTo(List.of("a"))
        .isNotSameAs(first.getHeaders().get("x5c"));
    String plain = text("{\"alg\":\"RS256\"}", "first");
    converted.of(plain, token);
    Jwt again = converted.of(plain, token);
    for (String list : List.of("aud", "roles")) {
      @SuppressWarnings("unchecked")
      List<Object> values = (List<Object>) again.getClaims().get(list);
      assertThatThrownBy(() -> values.add("admin"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatThrownBy(() -> again.getClaims().put("sub", "mallory"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
