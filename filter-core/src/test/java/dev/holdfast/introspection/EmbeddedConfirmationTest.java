package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.Base64Url;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** T35: what a token says of its own confirmation, beside what its issuer says. */
class EmbeddedConfirmationTest {
  private static final String DIGEST = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";
  private static final String OTHER = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  private static final Map<String, Object> BOUND = Map.of("cnf", Map.of("x5t#S256", DIGEST));
  private static final Map<String, Object> UNBOUND = Map.of();

  private static String jwt(String payload) {
    return "e30." + Base64Url.encode(payload.getBytes(UTF_8)) + ".AAAA";
  }

  private static String bound(String digest) {
    return jwt("{\"cnf\":{\"x5t#S256\":\"" + digest + "\"}}");
  }

  private static boolean contradicts(String token, Map<String, Object> introspected) {
    return EmbeddedConfirmation.contradicts(token(token), introspected);
  }

  @Test
  void theSameConfirmationAgrees_T35() {
    assertThat(contradicts(bound(DIGEST), BOUND)).isFalse();
  }

  @Test
  void anotherConfirmationContradicts_T35() {
    assertThat(contradicts(bound(OTHER), BOUND)).isTrue();
    assertThat(contradicts(jwt("{\"cnf\":{\"jkt\":\"" + DIGEST + "\"}}"), BOUND)).isTrue();
    assertThat(contradicts(jwt("{\"cnf\":null}"), BOUND)).isTrue();
  }

  @Test
  void aConfirmationThatOnlyTheTokenHasContradicts_T35() {
    assertThat(contradicts(bound(DIGEST), UNBOUND)).isTrue();
    assertThat(contradicts(jwt("{\"cnf\":{}}"), UNBOUND)).isTrue();
  }

  @Test
  void aConfirmationThatOnlyTheIssuerNamesDoesNot_T35() {
    assertThat(contradicts(jwt("{}"), BOUND)).isFalse();
  }

  @Test
  void aTokenThatCallsItselfBoundContradictsAnAnswerWithoutAKey_C88() {
    String dpop = jwt("{\"typ\":\"DPoP\"}");
    assertThat(contradicts(dpop, UNBOUND)).isTrue();
    assertThat(contradicts(dpop, BOUND)).isFalse();
    assertThat(contradicts(jwt("{\"typ\":\"Bearer\"}"), UNBOUND)).isFalse();
  }

  @Test
  void membersThatNobodyKnowsDoNotMatter_T30() {
    String withExtra = jwt("{\"cnf\":{\"kc\":1,\"x5t#S256\":\"" + DIGEST + "\"}}");
    assertThat(contradicts(withExtra, BOUND)).isFalse();
  }

  @Test
  void aTokenThatIsNoJwtSaysNothing() {
    String payload =
        Base64Url.encode(("{\"cnf\":{\"x5t#S256\":\"" + OTHER + "\"}}").getBytes(UTF_8));
    assertThat(contradicts("opaque", BOUND)).isFalse();
    assertThat(contradicts("e30." + payload, BOUND)).isFalse();
    assertThat(contradicts("e30." + payload + ".AAAA.AAAA.AAAA", BOUND)).isFalse();
    assertThat(contradicts("e3~." + payload + ".AAAA", BOUND)).isFalse();
    assertThat(contradicts("e30." + payload + ".A", BOUND)).isFalse();
    assertThat(contradicts("e30." + payload + "~.AAAA", BOUND)).isFalse();
    assertThat(contradicts(jwt("not json"), BOUND)).isFalse();
    assertThat(contradicts("e30." + payload + ".AAAA", BOUND)).isTrue();
  }
}
