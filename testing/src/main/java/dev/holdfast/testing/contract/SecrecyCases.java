package dev.holdfast.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.TestIssuer;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nobody learns: T102 to T104. */
public interface SecrecyCases extends WithFixture {

  @Test
  default void theLogHasTheCauseAndNoSecret_T102() {
    Api api = fixture().api();
    String jwt = fixture().issuer().jwt(fixture().boundClaims());
    String opaque = fixture().issuer().opaque(fixture().boundClaims());
    String unknown = "opaque-token-that-nobody-knows";
    try (CapturedLog log = CapturedLog.start()) {
      api.thief().get("/me", jwt);
      api.thief().get("/me", opaque);
      api.rightful().get("/me", unknown);
      api.rightful().get("/me?access_token=" + unknown, jwt);
      api.rightful().send("GET", "/me", "Authorization", "Bearer " + jwt + ", " + opaque);
      assertThat(log.lines())
          .anySatisfy(line -> assertThat(line).contains("BINDING_MISMATCH").contains("/me"));
      assertThat(String.join("\n", log.everything()))
          .doesNotContain(jwt, opaque, unknown, TestIssuer.CLIENT_SECRET)
          .doesNotContain(jwt.substring(jwt.lastIndexOf('.') + 1));
    }
  }

  /** Tomcat decodes %0d%0a; other containers may refuse such a target themselves. */
  @Test
  default void aTargetCannotForgeALogLine_T102() {
    Api api = fixture().api();
    String jwt = fixture().issuer().jwt(fixture().boundClaims());
    try (CapturedLog log = CapturedLog.start()) {
      for (String target : List.of("/x%0d%0aforged", "/x%1b[31mred", "/x%22forged", "/plain")) {
        api.thief()
            .raw(
                "GET "
                    + target
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                    + jwt
                    + "\r\n\r\n");
      }
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(
              line ->
                  assertThat(line.chars())
                      .allMatch(character -> character >= 32 && character < 127));
      assertThat(log.lines()).noneMatch(line -> line.contains("x\"forged"));
    }
  }

  @Test
  default void theCallerLearnsNoCause_T103() {
    Api api = fixture().api();
    Map<String, Object> expired = fixture().boundClaims();
    expired.put("exp", System.currentTimeMillis() / 1000 - 1);
    Map<String, Object> otherAudience = fixture().boundClaims();
    otherAudience.put("aud", "https://other.example");
    String bound = fixture().issuer().jwt(fixture().boundClaims());
    TestIssuer issuer = fixture().issuer();
    Set<String> answers = new LinkedHashSet<>();
    for (HttpResponse<String> response :
        List.of(
            api.thief().get("/me", bound),
            api.anonymous().get("/me", bound),
            api.rightful().get("/me", issuer.jwt(expired)),
            api.rightful().get("/me", issuer.jwt(otherAudience)),
            api.rightful().get("/me", issuer.jwt(fixture().issuer().claims(null))),
            api.rightful().get("/me", issuer.jwt(fixture().claimsWithCnf("text"))),
            api.rightful().get("/me", issuer.jwt(fixture().claimsWithCnf(Map.of("foo", "bar")))),
            api.rightful().get("/me", "unknown"))) {
      answers.add(
          response.statusCode()
              + " "
              + response.headers().map().get("WWW-Authenticate")
              + response.headers().map().keySet()
              + response.body());
    }
    assertThat(answers).hasSize(1);
  }

  /**
   * The times of two causes, interleaved so that the machine's moods meet both alike; the bound is
   * generous, for a thumbprint is compared in well under a microsecond.
   */
  @Tag("timing")
  @Test
  default void theTimeTellsNoCause_T104() {
    Api api = fixture().api();
    String mismatch = fixture().issuer().jwt(fixture().boundClaims());
    String missing = fixture().issuer().jwt(fixture().issuer().claims(null));
    long[] mismatchNanos = new long[150];
    long[] missingNanos = new long[150];
    for (int i = -20; i < mismatchNanos.length; i++) {
      long start = System.nanoTime();
      api.thief().get("/me", mismatch);
      long middle = System.nanoTime();
      api.thief().get("/me", missing);
      long end = System.nanoTime();
      if (i >= 0) { // what came before warmed everything up
        mismatchNanos[i] = middle - start;
        missingNanos[i] = end - middle;
      }
    }
    long difference = Math.abs(median(mismatchNanos) - median(missingNanos));
    assertThat(difference).isLessThan(Math.max(2_000_000, median(missingNanos) / 2));
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
