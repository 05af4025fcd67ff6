package dev.holdfast.introspection.signed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the body and whoever signed: it is a response or an outage. */
class SignedResponsesFuzzTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_772_366_400);
  private static final SignedResponses EVERYBODY_SIGNS =
      new SignedResponses(
          "https://as.example",
          Set.of("api"),
          Duration.ofSeconds(10),
          Clock.fixed(NOW, ZoneOffset.UTC),
          (jws, header) -> CompletableFuture.completedFuture(true),
          null);

  static byte[][] seeds() {
    String header = "{\"alg\":\"ES256\",\"typ\":\"token-introspection+jwt\"}";
    return Stream.of(
            "{\"iss\":\"https://as.example\",\"aud\":\"api\",\"iat\":1772366400,"
                + "\"token_introspection\":{\"active\":true}}",
            "{\"iss\":\"https://as.example\",\"aud\":[\"api\"],\"iat\":1.7723664E9,\"exp\":1e999,"
                + "\"token_introspection\":[]}")
        .map(claims -> encoded(header) + '.' + encoded(claims) + ".AAAA")
        .map(text -> text.getBytes(UTF_8))
        .toArray(byte[][]::new);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyBodyIsAResponseOrAnOutage(byte[] body) {
    HttpAnswer answer = new HttpAnswer(200, SignedResponses.MEDIA_TYPE, body);
    try {
      if (EVERYBODY_SIGNS.read(answer, NOW).join() == null) {
        throw new AssertionError("a response says nothing");
      }
    } catch (CompletionException failed) {
      if (!(failed.getCause() instanceof IssuerUnavailableException)) {
        throw failed;
      }
    }
  }
}
