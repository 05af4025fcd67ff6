package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {
  private static final List<ConfirmationMethod> DIGESTS =
      List.of(
          ConfirmationMethod.TOKEN_BINDING,
          ConfirmationMethod.CERTIFICATE,
          ConfirmationMethod.DPOP);

  /** RFC 8705 appendix A. */
  private static final String THUMBPRINT = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";

  /** RFC 9449 section 6.1. */
  private static final String JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  private static Confirmation of(Object cnf) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("cnf", cnf);
    return Confirmation.of(claims);
  }

  private static Binding binding(ConfirmationMethod method, String digest) {
    return new Binding(method, Sha256Digest.parse(digest).orElseThrow());
  }

  @Test
  void aTokenWithoutCnfIsUnbound_T36() {
    assertThat(Confirmation.of(Map.of("sub", "alice"))).isEqualTo(new Confirmation.Unbound());
  }

  @Test
  void eachKnownMemberDemandsItsKey() {
    for (ConfirmationMethod method : DIGESTS) {
      assertThat(of(Map.of(method.member(), THUMBPRINT)))
          .isEqualTo(new Confirmation.Bound(List.of(binding(method, THUMBPRINT))));
    }
  }

  static Stream<Object> notAnObject() {
    return Stream.of(
        THUMBPRINT, "", List.of(), List.of(Map.of("x5t#S256", THUMBPRINT)), 1L, 1.5, true, false);
  }

  @ParameterizedTest
  @MethodSource("notAnObject")
  void aCnfThatIsNoObjectIsNeverUnbound_T27(Object cnf) {
    assertThat(of(cnf)).isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void aNullCnfIsNeverUnbound_T27() {
    assertThat(of(null)).isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void anEmptyCnfIsUnusable_T28() {
    assertThat(of(Map.of())).isInstanceOf(Confirmation.Unusable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "kc-jkt-type", "jwk", "jku", "kid", "jwe", "osc"})
  void onlyUnknownMembersAreUnusable_T29_T34(String member) {
    assertThat(of(Map.of(member, THUMBPRINT))).isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void keycloaksExtraMemberIsIgnoredBesideAKnownOne_T30() {
    assertThat(of(Map.of("jkt", JKT, "kc-jkt-type", "DPoP")))
        .isEqualTo(new Confirmation.Bound(List.of(binding(ConfirmationMethod.DPOP, JKT))));
  }

  @Test
  void aKeyInsideCnfIsIgnoredBesideAKnownMember_T34() {
    Map<String, Object> cnf =
        Map.of("x5t#S256", THUMBPRINT, "jwk", Map.of("kty", "EC"), "jku", "https://a.test/keys");

    assertThat(of(cnf))
        .isEqualTo(
            new Confirmation.Bound(List.of(binding(ConfirmationMethod.CERTIFICATE, THUMBPRINT))));
  }

  @Test
  void severalKnownMembersAreAllDemanded_T31() {
    assertThat(of(Map.of("x5t#S256", THUMBPRINT, "jkt", JKT, "tbh", JKT)))
        .isEqualTo(
            new Confirmation.Bound(
                List.of(
                    binding(ConfirmationMethod.TOKEN_BINDING, JKT),
                    binding(ConfirmationMethod.CERTIFICATE, THUMBPRINT),
                    binding(ConfirmationMethod.DPOP, JKT))));
  }

  static Stream<Object> wrongDigests() {
    return Stream.of(
        "",
        THUMBPRINT + "=",
        THUMBPRINT.substring(0, 42) + "=",
        " " + THUMBPRINT,
        THUMBPRINT + "\n",
        THUMBPRINT.substring(0, 20) + " " + THUMBPRINT.substring(20),
        THUMBPRINT.substring(0, 42), // 31 bytes and some bits
        THUMBPRINT + "A", // 33 bytes
        THUMBPRINT.substring(0, 42) + "1", // the same 32 bytes, spelled otherwise
        THUMBPRINT.replace('A', '+'),
        THUMBPRINT.replace('A', '/'),
        THUMBPRINT.replace('A', '\u00e4'),
        "0380ed2f626650c840b2f263e6d2b29fae12ab39ae5db32b25ad27efad72e6fd",
        "03:80:ED",
        42L,
        1.5,
        true,
        List.of(THUMBPRINT),
        Map.of("x5t#S256", THUMBPRINT));
  }

  @ParameterizedTest
  @MethodSource("wrongDigests")
  void aMemberThatIsNotTheOneSpellingOfADigestIsUnusable_T32(Object digest) {
    assertThat(of(Map.of("x5t#S256", THUMBPRINT))).isInstanceOf(Confirmation.Bound.class);
    assertThat(of(Map.of("x5t#S256", digest))).isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void aNullMemberIsUnusable_T32() {
    Map<String, Object> cnf = new HashMap<>();
    cnf.put("x5t#S256", null);

    assertThat(of(cnf)).isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void oneWrongMemberSpoilsTheRightOne_T31_T32() {
    assertThat(of(Map.of("x5t#S256", THUMBPRINT, "jkt", "short")))
        .isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void theExampleOfRfc8705Section31IsNotCanonicalAndIsRefused_T32() {
    assertThat(of(Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")))
        .isInstanceOf(Confirmation.Unusable.class);
    assertThat(of(Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg0")))
        .isInstanceOf(Confirmation.Bound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x5t", "x5t#s256", "X5T#S256", "x5t#S256 ", "JKT", "Jkt", "TBH"})
  void aMemberNamedAlmostSoIsUnknown_T33(String member) {
    assertThat(of(Map.of(member, THUMBPRINT))).isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void theRuleNamesNoValue() {
    assertThat(((Confirmation.Unusable) of(Map.of("jkt", "secret"))).rule())
        .doesNotContain("secret");
  }

  @Test
  void aBoundConfirmationDemandsSomething() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Confirmation.Bound(List.of()));
  }

  @Test
  void everyMethodIsFoundByItsPropertyName() {
    ConfirmationMethod.all()
        .forEach(
            method ->
                assertThat(ConfirmationMethod.ofPropertyName(method.propertyName()))
                    .contains(method));
    assertThat(ConfirmationMethod.ofPropertyName("Certificate")).isEmpty();
  }
}
