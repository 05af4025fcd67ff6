package dev.holdfast.dpop;

import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static dev.holdfast.dpop.ProofSpecimen.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Proof;
import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.Base64Url;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of RFC 9449 section 4.3: one valid specimen, one mutation. */
class DpopVerifierTest {
  private final DpopFixture dpop = new DpopFixture();

  private static ProofSpecimen es256() {
    return ProofSpecimen.es256();
  }

  @Test
  void aGoodProofProvesItsKeyByThumbprint_T65() throws Exception {
    ProofSpecimen proof = es256();

    Proof proven = dpop.prove(ProofRequest.with(proof.text()));

    String thumbprint =
        com.nimbusds.jose.jwk.JWK.parse(proof.jwk).computeThumbprint("SHA-256").toString();
    assertThat(((Proof.Proven) proven).binding().method()).isEqualTo(ConfirmationMethod.DPOP);
    assertThat(((Proof.Proven) proven).binding().digest().toBase64Url()).isEqualTo(thumbprint);
    assertThat(DpopFixture.verdict(DpopFixture.spent(proven))).isEqualTo("ok");
  }

  @ParameterizedTest
  @MethodSource("dev.holdfast.dpop.ProofSpecimen#algorithms")
  void everyAlgorithmProvesTheKeyThatNimbusNames_T65(String alg) throws Exception {
    ProofSpecimen proof = ProofSpecimen.of(alg);

    Proof proven =
        new DpopFixture(DpopFixture.ALL_ALGORITHMS).prove(ProofRequest.with(proof.text()));

    assertThat(((Proof.Proven) proven).binding().digest().toBase64Url())
        .isEqualTo(
            com.nimbusds.jose.jwk.JWK.parse(proof.jwk).computeThumbprint("SHA-256").toString());
  }

  @ParameterizedTest
  @MethodSource("dev.holdfast.dpop.ProofSpecimen#algorithms")
  void anAlgorithmThatIsNotAllowedIsRefused_T61(String alg) {
    String other = alg.equals("ES256") ? "ES384" : "ES256";
    DpopRules oneOther =
        new DpopRules(List.of(other), 2048, Duration.ofSeconds(60), Duration.ofSeconds(10));

    assertThat(new DpopFixture(oneOther).verdict(ProofSpecimen.of(alg).text()))
        .isEqualTo("alg is not allowed");
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        arguments("the specimen", es256()),
        arguments("htu with a query", es256().claim("htu", TARGET + "?a=b")),
        arguments("htu with a fragment", es256().claim("htu", TARGET + "#there")),
        arguments("htu in upper case", es256().claim("htu", "HTTPS://API.Example/payments")),
        arguments(
            "htu with its default port", es256().claim("htu", "https://api.example:443/payments")),
        arguments("more header members", es256().header("kid", "x").header("zip", 1)),
        arguments("more claims", es256().claim("cnf", Map.of("a", List.of())).claim("exp", 1)),
        arguments(
            "more key members",
            es256().member("kid", "k").member("use", "sig").member("ext", true)),
        arguments("ten seconds ahead", es256().claim("iat", NOW.getEpochSecond() + 10)),
        arguments("ten seconds ago", es256().claim("iat", NOW.getEpochSecond() - 10)),
        arguments("as old as it may be", es256().claim("iat", NOW.getEpochSecond() - 70)),
        arguments("jti of one byte", es256().claim("jti", "x")),
        arguments("jti of 128 bytes", es256().claim("jti", "é".repeat(64))),
        arguments("a nonce that nobody asked for", es256().claim("nonce", "abc")),
        arguments("a nonce that is null (C35)", es256().claim("nonce", null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void aProofLikeThisIsAccepted(String name, ProofSpecimen proof) {
    assertThat(dpop.verdict(proof.text())).isEqualTo("ok");
  }

  private static final String NO_SECONDS = "iat is not a number of seconds since the epoch";

  private static String future(long seconds) {
    return "iat is in the future: by " + seconds + " s, and 10 s are allowed";
  }

  private static String past(long seconds) {
    return "iat is too long ago: " + seconds + " s, and 70 s are allowed";
  }

  @ParameterizedTest
  @ValueSource(strings = {".0", ".25", ".999", "e0", "0e-1", "E+0"})
  void iatInAnySpellingOfJsonIsTheSameSecond_C27(String rest) {
    ProofSpecimen proof = es256();
    assertThat(dpop.verdict(proof.textWith("iat", NOW.getEpochSecond() + rest))).isEqualTo("ok");
    assertThat(dpop.verdict(proof.textWith("iat", (NOW.getEpochSecond() + 11) + rest)))
        .isEqualTo(future(11));
    assertThat(dpop.verdict(proof.textWith("iat", (NOW.getEpochSecond() - 71) + rest)))
        .isEqualTo(past(71));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e400", "NaN", "Infinity"})
  void aNumberWithoutAnEndIsRefused_T43_C27(String iat) {
    assertThat(dpop.verdict(es256().textWith("iat", iat)))
        .isEqualTo("the claims are not one strict JSON object");
  }

  @Test
  void ed25519IsTakenWhereverEdDsaIs_C31() {
    DpopRules eddsa =
        new DpopRules(List.of("EdDSA"), 2048, Duration.ofSeconds(60), Duration.ofSeconds(10));
    DpopRules ed25519 =
        new DpopRules(List.of("Ed25519"), 2048, Duration.ofSeconds(60), Duration.ofSeconds(10));
    for (DpopRules rules : List.of(DpopRules.DEFAULTS, eddsa)) {
      for (String name : List.of("EdDSA", "Ed25519")) {
        assertThat(new DpopFixture(rules).verdict(ProofSpecimen.of(name).text())).isEqualTo("ok");
      }
    }
    assertThat(new DpopFixture(ed25519).verdict(ProofSpecimen.of("Ed25519").text()))
        .isEqualTo("ok");
    assertThat(new DpopFixture(ed25519).verdict(ProofSpecimen.of("EdDSA").text()))
        .isEqualTo("alg is not allowed");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("typ is not dpop+jwt", es256().withoutHeader("typ")),
        arguments("typ is not dpop+jwt", es256().header("typ", "JWT")),
        arguments("typ is not dpop+jwt", es256().header("typ", "DPoP+JWT")),
        arguments("typ is not text", es256().header("typ", List.of("dpop+jwt"))),
        arguments("alg is missing", es256().withoutHeader("alg")),
        arguments("alg is not allowed", es256().header("alg", "none")),
        arguments("alg is not allowed", es256().header("alg", "HS256")),
        arguments("alg is not allowed", es256().header("alg", "es256")),
        arguments("alg is not text", es256().header("alg", 256)),
        arguments("alg is not allowed", ProofSpecimen.of("ES512")),
        arguments("jwk is missing or not an object", es256().withoutHeader("jwk")),
        arguments("jwk is missing or not an object", es256().header("jwk", "key")),
        arguments(
            "crit demands an extension that is not understood",
            es256().header("crit", List.of("b64"))),
        arguments("jti is missing or not text", es256().withoutClaim("jti")),
        arguments("jti is missing or not text", es256().claim("jti", 7)), // T52
        arguments("jti has not 1 to 128 bytes", es256().claim("jti", "")), // T52
        arguments("jti has not 1 to 128 bytes", es256().claim("jti", "x".repeat(129))), // T52
        arguments("jti has not 1 to 128 bytes", es256().claim("jti", "é".repeat(65))), // T52
        arguments("htm is missing or not text", es256().withoutClaim("htm")),
        arguments("htm is not the request's method", es256().claim("htm", "GET")), // T57
        arguments("htm is not the request's method", es256().claim("htm", "post")), // T57
        arguments("htu is missing or not text", es256().withoutClaim("htu")),
        arguments("htu is not an absolute http or https URI", es256().claim("htu", "/payments")),
        arguments("htu is not the request's target URI", es256().claim("htu", TARGET + "/2")),
        arguments(
            "htu is not the request's target URI",
            es256().claim("htu", "http://api.example/payments")),
        arguments("iat is missing", es256().withoutClaim("iat")),
        arguments(NO_SECONDS, es256().claim("iat", null)),
        arguments(NO_SECONDS, es256().claim("iat", "1772366400")),
        arguments(NO_SECONDS, es256().claim("iat", true)),
        arguments(NO_SECONDS, es256().claim("iat", -1)),
        arguments(NO_SECONDS, es256().claim("iat", Long.MIN_VALUE)),
        arguments(future(11), es256().claim("iat", NOW.getEpochSecond() + 11)), // T54
        arguments(future(11), es256().claim("iat", NOW.getEpochSecond() + 11.75)), // T54
        arguments(future(33), es256().claim("iat", NOW.getEpochSecond() + 33)), // C91
        arguments(
            future(Long.MAX_VALUE - NOW.getEpochSecond()),
            es256().claim("iat", Long.MAX_VALUE)), // T54
        arguments(
            future(253_402_300_799L - NOW.getEpochSecond()), es256().claim("iat", 1e300)), // C28
        arguments(past(71), es256().claim("iat", NOW.getEpochSecond() - 71)), // T54
        arguments(past(301), es256().claim("iat", NOW.getEpochSecond() - 301)), // C91
        arguments(past(3600), es256().claim("iat", NOW.getEpochSecond() - 3600)), // T54
        arguments(past(NOW.getEpochSecond()), es256().claim("iat", 0)), // T54
        arguments("ath is missing or not text", es256().withoutClaim("ath")), // T63
        arguments("ath is not a base64url SHA-256 digest", es256().claim("ath", "abc")), // T63
        arguments(
            "ath is not a base64url SHA-256 digest",
            es256().claim("ath", ProofSpecimen.TOKEN.digest().toBase64Url() + "=")), // T63
        arguments(
            "ath is not the digest of this token",
            es256().claim("ath", Sha256Digest.of(new byte[] {1}).toBase64Url())), // T63
        arguments("nonce is missing or not text", es256().claim("nonce", 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aProofThatBreaksARuleIsRefused(String rule, ProofSpecimen proof) {
    assertThat(dpop.verdict(proof.text())).isEqualTo(rule);
    assertThat(dpop.guard.entries()).as("nothing is stored for it").isZero();
  }

  @Test
  void whatIsNoCompactJwsIsRefused() {
    String good = es256().text();

    assertThat(dpop.verdict("")).isEqualTo("not the three parts of a compact JWS");
    assertThat(dpop.verdict("a.b")).isEqualTo("not the three parts of a compact JWS");
    assertThat(dpop.verdict(good + ".x.y")).isEqualTo("not the three parts of a compact JWS");
    assertThat(dpop.verdict(good + "=")).isEqualTo("a part is not canonical base64url");
    assertThat(dpop.verdict(good.substring(0, good.lastIndexOf('.') + 1)))
        .isEqualTo("the signature is missing");
    assertThat(dpop.verdict("e30." + "A".repeat(8192) + ".AA")).isEqualTo("the proof is too long");
    assertThat(dpop.verdict("e30" + good.substring(good.indexOf('.')))).isEqualTo("alg is missing");
  }

  @Test
  void aMemberTwiceIsRefused_T42() {
    ProofSpecimen proof = es256();
    String claims = com.nimbusds.jose.util.JSONObjectUtils.toJSONString(proof.claims);
    String header = com.nimbusds.jose.util.JSONObjectUtils.toJSONString(proof.header);

    assertThat(dpop.verdict(proof.text(header, claims.replaceFirst("\\{", "{\"htm\":\"POST\","))))
        .isEqualTo("the claims are not one strict JSON object");
    assertThat(dpop.verdict(proof.text(header.replaceFirst("\\{", "{\"alg\":\"ES256\","), claims)))
        .isEqualTo("the header is not one strict JSON object");
    assertThat(dpop.verdict(proof.text(header, claims))).isEqualTo("ok");
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() {
    ProofSpecimen thief = ProofSpecimen.es256(ProofSpecimen.pair("EC", 256));
    thief.header.put("jwk", es256().jwk);

    assertThat(dpop.verdict(thief.text())).isEqualTo("the signature does not hold");
  }

  @ParameterizedTest
  @MethodSource("dev.holdfast.dpop.ProofSpecimen#algorithms")
  void aSignatureOfAnotherLengthIsRefused_T62(String alg) {
    DpopFixture all = new DpopFixture(DpopFixture.ALL_ALGORITHMS);
    String good = ProofSpecimen.of(alg).text();
    int dot = good.lastIndexOf('.') + 1;
    byte[] signature = Base64Url.decode(good.substring(dot));
    for (int length : new int[] {1, signature.length - 1, signature.length + 1, 1000}) {
      byte[] other = java.util.Arrays.copyOf(signature, length);

      assertThat(all.verdict(good.substring(0, dot) + Base64Url.encode(other)))
          .isEqualTo("the signature does not hold");
    }
    assertThat(all.verdict(good)).isEqualTo("ok");
  }

  @Test
  void aSignatureOfZeroesIsRefused() {
    String good = es256().text();

    assertThat(dpop.verdict(good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86)))
        .isEqualTo("the signature does not hold");
  }

  @Test
  void rulesThatCannotBeSoundAreRefused() {
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(() -> new DpopRules(List.of(), 2048, minute, minute))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> new DpopRules(List.of("HS256"), 2048, minute, minute))
        .hasMessageContaining("asymmetric");
    assertThatThrownBy(() -> new DpopRules(List.of("ES256"), 1024, minute, minute))
        .hasMessageContaining("2048");
    assertThatThrownBy(() -> new DpopRules(List.of("ES256"), 2048, Duration.ZERO, minute))
        .hasMessageContaining("whole seconds");
    assertThatThrownBy(() -> new DpopRules(List.of("ES256"), 2048, minute, Duration.ofMillis(1500)))
        .hasMessageContaining("whole seconds");
    assertThatThrownBy(() -> new DpopRules(List.of("ES256"), 2048, Duration.ofDays(1), minute))
        .hasMessageContaining("an hour");
  }
}
