package dev.holdfast;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.ClaimRules.RequiredClaim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRulesTest {
  private static final String ISSUER = "https://issuer.test";
  private static final long NOW = 1_800_000_000;
  private static final Instant NOW_INSTANT = Instant.ofEpochSecond(NOW);
  private static final Set<RequiredClaim> STRICT =
      Set.of(RequiredClaim.ISSUER, RequiredClaim.EXPIRY);

  private static ClaimRules rules(Instant now, Set<RequiredClaim> requirements) {
    return new ClaimRules(
        ISSUER,
        Set.of("api", "other-api"),
        requirements,
        Duration.ofSeconds(30),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Map<String, Object> specimen() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", "api");
    claims.put("exp", NOW + 60);
    claims.put("nbf", NOW - 5);
    claims.put("iat", NOW - 5);
    claims.put("sub", "alice");
    claims.put("client_id", "app");
    claims.put("scope", "read write");
    return claims;
  }

  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> claims = specimen();
    claims.put(name, value);
    return claims;
  }

  private static Map<String, Object> without(String... names) {
    Map<String, Object> claims = specimen();
    claims.keySet().removeAll(new HashSet<>(Arrays.asList(names)));
    return claims;
  }

  private static boolean accepts(Map<String, Object> claims) {
    return rules(NOW_INSTANT, STRICT).check(claims) instanceof Verification.Valid;
  }

  private static AccessToken token(Map<String, Object> claims) {
    return ((Verification.Valid) rules(NOW_INSTANT, Set.of()).check(claims)).token();
  }

  @Test
  void theSpecimenIsAcceptedAndRead() {
    AccessToken token = token(specimen());

    assertThat(token.issuer()).isEqualTo(ISSUER);
    assertThat(token.subject()).isEqualTo("alice");
    assertThat(token.clientId()).isEqualTo("app");
    assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 60));
    assertThat(token.scopes()).containsExactlyInAnyOrder("read", "write");
    assertThat(token.confirmation()).isEqualTo(new Confirmation.Unbound());
  }

  @Test
  void anotherIssuerIsRefused() {
    assertThat(accepts(specimen())).isTrue();
    assertThat(accepts(with("iss", ISSUER + "/"))).isFalse();
    assertThat(accepts(with("iss", "HTTPS://issuer.test"))).isFalse();
    assertThat(accepts(with("iss", List.of(ISSUER)))).isFalse();
    assertThat(accepts(without("iss"))).isFalse();
  }

  @Test
  void anIssuerThatIsNotRequiredIsCheckedWhenItIsThere_T80() {
    ClaimRules lenient = rules(NOW_INSTANT, Set.of());

    assertThat(lenient.check(without("iss"))).isInstanceOf(Verification.Valid.class);
    assertThat(lenient.check(with("iss", "https://evil.test")))
        .isInstanceOf(Verification.Invalid.class);
    assertThat(lenient.check(with("iss", 7L))).isInstanceOf(Verification.Invalid.class);
  }

  static Stream<Object> audiencesAccepted() {
    return Stream.of(
        "api", "other-api", List.of("api"), List.of("x", "other-api"), Set.of("api", "y"));
  }

  @ParameterizedTest
  @MethodSource("audiencesAccepted")
  void oneAudienceOfOursIsEnough_T80(Object aud) {
    assertThat(accepts(with("aud", aud))).isTrue();
  }

  static Stream<Object> audiencesRefused() {
    return Stream.of(
        "API", "api ", "", "apis", List.of(), List.of("x"), List.of("API"), "[\"api\"]");
  }

  @ParameterizedTest
  @MethodSource("audiencesRefused")
  void aTokenForOthersIsRefused_T80(Object aud) {
    assertThat(accepts(with("aud", aud))).isFalse();
    assertThat(accepts(without("aud"))).isFalse();
  }

  static Stream<Object> noAudiences() {
    return Stream.of(
        5L,
        true,
        Map.of("api", "api"),
        List.of("api", 5L),
        List.of(List.of("api")),
        Arrays.asList("api", null));
  }

  @ParameterizedTest
  @MethodSource("noAudiences")
  void anAudienceOfAnotherTypeIsRefusedWhicheverIsAccepted(Object aud) {
    ClaimRules anyAudience =
        new ClaimRules(
            ISSUER, Set.of(), STRICT, Duration.ZERO, Clock.fixed(NOW_INSTANT, ZoneOffset.UTC));

    assertThat(anyAudience.check(with("aud", "whoever"))).isInstanceOf(Verification.Valid.class);
    assertThat(anyAudience.check(without("aud"))).isInstanceOf(Verification.Valid.class);
    assertThat(anyAudience.check(with("aud", aud))).isInstanceOf(Verification.Invalid.class);
    assertThat(accepts(with("aud", aud))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "aud",
        "nbf",
        "iat",
        "sub",
        "client_id",
        "azp",
        "scope",
        "token_type",
        "typ",
        "token_use",
        "tokenName"
      })
  void aNullClaimIsAMissingOne_C86(String name) {
    ClaimRules anyAudience =
        new ClaimRules(
            ISSUER, Set.of(), Set.of(), Duration.ZERO, Clock.fixed(NOW_INSTANT, ZoneOffset.UTC));

    assertThat(anyAudience.check(without(name))).isInstanceOf(Verification.Valid.class);
    assertThat(anyAudience.check(with(name, null))).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void aNullIsNoPermission_C86() {
    assertThat(accepts(with("iss", null))).as("iss is required").isFalse();
    assertThat(accepts(with("aud", null))).as("an audience is demanded").isFalse();
    assertThat(accepts(with("exp", null))).isFalse();
    assertThat(rules(NOW_INSTANT, Set.of()).check(with("exp", null)))
        .as("a token without exp does not end")
        .isEqualTo(new Verification.Invalid("exp is not a number of seconds since the epoch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_type", "typ", "token_use", "tokenName"})
  void whatTheIssuerCallsAnotherKindOfTokenIsRefused_C88(String member) {
    for (String kind : List.of("N_A", "refresh_token", "Refresh", "Offline", "ID", "id_token")) {
      assertThat(rules(NOW_INSTANT, STRICT).check(with(member, kind)))
          .as(kind)
          .isEqualTo(new Verification.Invalid(member + " says that this is not an access token"));
    }
    assertThat(accepts(with(member, "Bearer"))).isTrue();
    assertThat(accepts(with(member, "access_token"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_type", "typ", "token_use", "tokenName"})
  void aKindThatIsNoTextIsRefused_C88(String member) {
    for (Object kind : List.of(1L, 0.5, true, List.of(), List.of("Bearer"), Map.of("a", "b"))) {
      assertThat(rules(NOW_INSTANT, STRICT).check(with(member, kind)))
          .as(kind.toString())
          .isEqualTo(new Verification.Invalid(member + " is not text"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_type", "typ", "token_use", "tokenName"})
  void whatTheIssuerCallsBoundIsNotUnbound_C88(String member) {
    for (String kind : List.of("DPoP", "dpop", "pop", "PoP", "MAC")) {
      assertThat(token(with(member, kind)).confirmation())
          .as(kind)
          .isEqualTo(
              new Confirmation.Unusable(
                  member + " says that the token is bound to a key, and there is no cnf"));
      Map<String, Object> bound = with(member, kind);
      bound.put("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
      assertThat(token(bound).confirmation()).isInstanceOf(Confirmation.Bound.class);
    }
    Map<String, Object> certificate = with(member, "Bearer");
    certificate.put("cnf", Map.of("x5t#S256", "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0"));
    assertThat(token(certificate).confirmation()).isInstanceOf(Confirmation.Bound.class);
    assertThat(token(with(member, "Bearer")).confirmation()).isEqualTo(new Confirmation.Unbound());
  }

  @Test
  void aNullConfirmationIsUnusable_T27() {
    assertThat(token(with("cnf", null)).confirmation()).isInstanceOf(Confirmation.Unusable.class);
  }

  static Stream<Object> noTimes() {
    return Stream.of(
        String.valueOf(NOW),
        "",
        -1L,
        -0.5,
        -1e300,
        Long.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        true,
        List.of(NOW),
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("noTimes")
  void aTimeThatIsNoNumberOfSecondsIsRefused_T45_C27(Object time) {
    for (String name : List.of("exp", "nbf", "iat")) {
      assertThat(rules(NOW_INSTANT, STRICT).check(with(name, time)))
          .as(name)
          .isEqualTo(
              new Verification.Invalid(name + " is not a number of seconds since the epoch"));
    }
  }

  @Test
  void aFractionIsLawfulAndCounts_C27() {
    Map<String, Object> claims = with("exp", NOW + 0.25);
    claims.put("nbf", NOW - 0.5);
    claims.put("iat", (double) NOW);

    assertThat(rules(NOW_INSTANT.plusMillis(249), STRICT).check(claims))
        .isInstanceOf(Verification.Valid.class);
    assertThat(token(claims).expiresAt()).isEqualTo(NOW_INSTANT.plusMillis(250));
    assertThat(rules(NOW_INSTANT.plusMillis(250), STRICT).check(claims))
        .isEqualTo(new Verification.Invalid("exp has passed: 0 s ago"));
  }

  static Stream<Object> farAway() {
    return Stream.of(
        253_402_300_799L, 253_402_300_800L, 9_223_372_036_854_775L, Long.MAX_VALUE, 1e20, 1e300);
  }

  @ParameterizedTest
  @MethodSource("farAway")
  void anEndBeyondTheCalendarIsFarAway_C28(Object time) {
    assertThat(token(with("exp", time)).expiresAt())
        .isEqualTo(Instant.ofEpochSecond(253_402_300_799L));
    for (String name : List.of("nbf", "iat")) {
      assertThat(((Verification.Invalid) rules(NOW_INSTANT, STRICT).check(with(name, time))).rule())
          .startsWith(name + " lies in the future: by 251602300799 s, and 30 s are allowed");
    }
  }

  @Test
  void theRuleSaysByHowManySeconds_C91() {
    assertThat(rules(NOW_INSTANT, STRICT).check(with("exp", NOW - 33)))
        .isEqualTo(new Verification.Invalid("exp has passed: 33 s ago"));
    for (String name : List.of("nbf", "iat")) {
      assertThat(rules(NOW_INSTANT, STRICT).check(with(name, NOW + 301)))
          .isEqualTo(
              new Verification.Invalid(
                  name + " lies in the future: by 301 s, and 30 s are allowed"));
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "0, false", "1, false"})
  void aTokenEndsAtExpToTheNanosecondWithoutSkew_T87(long nanos, boolean accepted) {
    Instant now = NOW_INSTANT.plusNanos(nanos);

    assertThat(rules(now, STRICT).check(with("exp", NOW)) instanceof Verification.Valid)
        .isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "iat"})
  void aStartIsGrantedTheClockSkewAndNotMore_T45(String name) {
    Instant start = NOW_INSTANT.plus(10, SECONDS);
    Map<String, Object> claims = with(name, start.getEpochSecond());
    Instant earliest = start.minusSeconds(30);

    assertThat(rules(earliest, STRICT).check(claims)).isInstanceOf(Verification.Valid.class);
    assertThat(rules(earliest.minusNanos(1), STRICT).check(claims))
        .isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void expIsRequiredOrNot_T79() {
    assertThat(accepts(without("exp"))).isFalse();
    assertThat(token(without("exp")).expiresAt()).isNull();
    assertThat(accepts(without("nbf", "iat"))).isTrue();
  }

  @Test
  void namesAreText() {
    for (String name : List.of("sub", "client_id")) {
      assertThat(accepts(with(name, 7L))).as(name).isFalse();
      assertThat(accepts(with(name, List.of("alice")))).as(name).isFalse();
      assertThat(accepts(without(name))).as(name).isTrue();
    }
  }

  @Test
  void theClientIsClientIdElseAzp() {
    Map<String, Object> claims = without("client_id");
    assertThat(token(claims).clientId()).isNull();
    claims.put("azp", "web");
    assertThat(token(claims).clientId()).isEqualTo("web");
    claims.put("azp", 7L);
    assertThat(token(claims).clientId()).isNull();
  }

  @Test
  void scopesAreWordsOrAList() {
    assertThat(token(with("scope", "  read  write ")).scopes()).containsOnly("read", "write");
    assertThat(token(with("scope", List.of("read", "write"))).scopes())
        .containsOnly("read", "write");
    assertThat(token(with("scope", 5L)).scopes()).isEmpty();
    assertThat(token(with("scope", List.of("read", 5L))).scopes()).isEmpty();
    assertThat(token(without("scope")).scopes()).isEmpty();
  }

  @Test
  void theRuleNamesNoValue_T102() {
    Verification.Invalid invalid =
        (Verification.Invalid) rules(NOW_INSTANT, STRICT).check(with("iss", "secret"));

    assertThat(invalid.rule()).doesNotContain("secret");
  }

  @Test
  void aClockSkewIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ClaimRules(
                    ISSUER, Set.of(), Set.of(), Duration.ofNanos(-1), Clock.systemUTC()));
  }
}
