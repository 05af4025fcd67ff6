package dev.holdfast.introspection.signed;

import static dev.holdfast.introspection.signed.ResponseSpecimen.NOW;
import static dev.holdfast.introspection.signed.ResponseSpecimen.SKEW;
import static dev.holdfast.introspection.signed.ResponseSpecimen.answer;
import static dev.holdfast.introspection.signed.ResponseSpecimen.outcome;
import static dev.holdfast.introspection.signed.ResponseSpecimen.reader;
import static dev.holdfast.introspection.signed.ResponseSpecimen.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.internal.issuer.HttpAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9701 section 5: each rule by one mutation of a response that is right. */
class SignedResponsesTest {
  private static final Map<String, Object> SAID = Map.of("active", true, "sub", "alice");

  private static void assertTaken(Consumer<Map<String, Object>> change) {
    assertThat(outcome(reader(null), answer(signed(change)))).isEqualTo(SAID);
  }

  private static void assertRefused(String rule, Consumer<Map<String, Object>> change) {
    assertRefused(rule, signed(change));
  }

  private static void assertRefused(String rule, String body) {
    assertThat(outcome(reader(null), answer(body)))
        .isEqualTo("the signed introspection response is refused: " + rule);
  }

  private static Consumer<Map<String, Object>> put(String name, @Nullable Object value) {
    return claims -> claims.put(name, value);
  }

  private static Consumer<Map<String, Object>> without(String name) {
    return claims -> claims.remove(name);
  }

  @Test
  void itIsTheIssuersForThisService() {
    assertTaken(claims -> {});
    for (Object issuer : Arrays.asList("https://as.example/", "", 7, null)) {
      assertRefused("iss is not the issuer", put("iss", issuer));
    }
    assertRefused("iss is not the issuer", without("iss"));
    assertTaken(put("aud", List.of("another", "api")));
    assertTaken(put("aud", "https://api.example"));
    for (Object audience :
        Arrays.asList("API", "https://api.example/", List.of(), List.of("api", 7), 7, null)) {
      assertRefused("aud does not name this service", put("aud", audience));
    }
    assertRefused("aud does not name this service", without("aud"));
  }

  @Test
  void itWasMadeForThisCall() {
    long now = NOW.getEpochSecond();
    long skew = SKEW.toSeconds();
    assertTaken(put("iat", now - skew));
    assertTaken(put("iat", now + skew));
    assertTaken(put("iat", now + 0.25));
    assertRefused("iat lies before the call", put("iat", now - skew - 1));
    assertRefused("iat lies in the future", put("iat", now + skew + 1));
    assertRefused("iat is missing", without("iat"));
    assertRefused("iat is not a number of seconds since the epoch", put("iat", "" + now));
  }

  @Test
  void itsOwnTimesAreTheResponses() {
    long now = NOW.getEpochSecond();
    assertTaken(put("exp", now + 1));
    assertRefused("exp of the response has passed", put("exp", now));
    assertRefused("exp is not a number of seconds since the epoch", put("exp", null));
    assertTaken(put("nbf", now + SKEW.toSeconds()));
    assertTaken(put("nbf", null));
    assertRefused("nbf of the response lies in the future", put("nbf", now + SKEW.toSeconds() + 1));
  }

  @Test
  void whatItSaysOutsideOfTokenIntrospectionIsNotOfTheToken() {
    assertTaken(
        claims -> {
          claims.put("sub", "mallory");
          claims.put("active", false);
          claims.put("cnf", Map.of("jkt", "x"));
        });
    for (Object other : Arrays.asList("active", true, List.of(), null)) {
      assertRefused("token_introspection is not an object", put("token_introspection", other));
    }
    assertRefused("token_introspection is not an object", without("token_introspection"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token-introspection+jwt",
        "Token-Introspection+JWT",
        "application/token-introspection+jwt",
        "APPLICATION/token-introspection+jwt"
      })
  void itsTypeIsThatOfAResponse(String type) {
    String body = signed(claims -> {}, new JOSEObjectType(type), ResponseSpecimen.KEY);
    assertThat(outcome(reader(null), answer(body))).isEqualTo(SAID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt", "token-introspection", "token-introspection+jwt "})
  void anotherTypeIsRefused(String type) {
    assertRefused(
        "typ is not token-introspection+jwt",
        signed(claims -> {}, new JOSEObjectType(type), ResponseSpecimen.KEY));
    assertRefused(
        "typ is not token-introspection+jwt", signed(claims -> {}, null, ResponseSpecimen.KEY));
  }

  @Test
  void onlyTheIssuersSignatureCounts() throws Exception {
    String rule = "no key of the issuer signed it by an algorithm that is taken";
    JOSEObjectType type = new JOSEObjectType("token-introspection+jwt");
    assertRefused(
        rule, signed(claims -> {}, type, new ECKeyGenerator(Curve.P_256).keyID("as-1").generate()));
    String good = signed(claims -> {});
    String other = signed(put("aud", List.of("api")));
    assertRefused(
        rule, good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')));
    String plain = new PlainHeader.Builder().type(type).build().toBase64URL().toString();
    String payload = good.split("\\.", -1)[1];
    assertRefused(rule, plain + '.' + payload + ".AAAA");
    assertRefused("the signature is missing", plain + '.' + payload + '.');
    String hmac =
        Base64URL.encode("{\"alg\":\"HS256\",\"typ\":\"token-introspection+jwt\"}").toString();
    assertRefused(rule, hmac + '.' + payload + ".AAAA");
  }

  @Test
  void aResponseThatIsNotSignedIsNone() {
    byte[] json = "{\"active\":true}".getBytes(UTF_8);
    assertThat(outcome(reader(null), new HttpAnswer(200, "application/json", json)))
        .isEqualTo("the introspection response is not application/token-introspection+jwt");
    assertRefused("not the three parts of a compact JWS", "{\"active\":true}");
    byte[] good = signed(claims -> {}).getBytes(UTF_8);
    assertThat(outcome(reader(null), new HttpAnswer(200, "application/jwt", good)))
        .isEqualTo("the introspection response is not application/token-introspection+jwt");
  }

  /** No text that differs in one character says anything. */
  @Property(tries = 300)
  void anotherTextIsRefused(@ForAll @IntRange(max = 10_000) int at, @ForAll char other) {
    String good = signed(claims -> {});
    int index = at % good.length();
    String changed = good.substring(0, index) + other + good.substring(index + 1);
    if (!changed.equals(good)) {
      assertThat(outcome(reader(null), answer(changed))).isInstanceOf(String.class);
    }
  }
}
