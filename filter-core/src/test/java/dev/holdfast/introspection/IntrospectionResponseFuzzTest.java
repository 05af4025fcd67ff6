package dev.holdfast.introspection;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.ClaimRules;
import dev.holdfast.Confirmation;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the body: it is an answer or an outage, and what it says is judged or refused. */
class IntrospectionResponseFuzzTest {
  private static final ClaimRules RULES =
      new ClaimRules(
          "https://issuer.example", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC());

  static byte[][] seeds() {
    return Stream.of(
            "{\"active\":true,\"token_type\":\"DPoP\",\"exp\":4.1E9,\"aud\":null}",
            "{\"active\":true,\"token_type\":[],\"typ\":\"Refresh\",\"nbf\":1e300,\"iat\":0.5}",
            "{\"active\":true,\"cnf\":{\"jkt\":\"x\"},\"exp\":1e999999999}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyBodyIsAResponseOrAnOutage(byte[] body) {
    IntrospectionResponse response;
    try {
      response = IntrospectionResponse.of(new HttpAnswer(200, "application/json", body));
    } catch (IssuerUnavailableException outage) {
      return;
    }
    RULES.check(response.claims());
    Confirmation.of(response.claims());
    if (!Boolean.valueOf(response.active()).equals(response.claims().get("active"))) {
      throw new AssertionError("active is not what the response says");
    }
  }
}
