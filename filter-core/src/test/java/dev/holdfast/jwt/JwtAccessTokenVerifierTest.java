package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One valid token, one mutation at a time. */
class JwtAccessTokenVerifierTest {
  private final MovableClock clock = new MovableClock();

  private JwtAccessTokenVerifier verifier(Set<String> algorithms, Set<String> types) {
    JwtIssuer issuer =
        new JwtIssuer(
            Specimen.ISSUER,
            null,
            Set.of(Specimen.AUDIENCE),
            algorithms,
            types,
            Duration.ofSeconds(10));
    KeySetOrigin origin = () -> CompletableFuture.completedFuture(Specimen.allKeys());
    return new JwtAccessTokenVerifier(
        issuer, new KeySetCache(origin, KeySetTiming.DEFAULTS, clock), clock);
  }

  private void accepts(String token) {
    assertThat(verifier(Set.of(), Set.of()).verify(Specimen.presented(token)).join())
        .isInstanceOf(Verification.Valid.class);
  }

  private void refuses(String token, String rule) {
    assertThat(verifier(Set.of(), Set.of()).verify(Specimen.presented(token)).join())
        .isEqualTo(new Verification.Invalid(rule));
  }

  @Test
  void aValidTokenBecomesAnAccessToken() {
    Verification verification =
        verifier(Set.of(), Set.of()).verify(Specimen.rs256().presented()).join();

    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Valid.class,
            valid -> {
              assertThat(valid.token().issuer()).isEqualTo(Specimen.ISSUER);
              assertThat(valid.token().subject()).isEqualTo("alice");
              assertThat(valid.token().scopes()).containsExactlyInAnyOrder("accounts", "payments");
            });
  }

  @ParameterizedTest
  @MethodSource("dev.holdfast.jwt.Specimen#ofEachAlgorithm")
  void eachDefaultAlgorithmIsAcceptedAndOneOtherBitIsNot(Specimen specimen) {
    String token = specimen.text();
    accepts(token);

    byte[] signature = Specimen.signatureOf(token);
    signature[signature.length / 2] ^= 1;
    refuses(Specimen.withSignature(token, signature), "the signature does not hold");
  }

  @ParameterizedTest
  @MethodSource("dev.holdfast.jwt.Specimen#ofEachAlgorithm")
  void aSignatureOfAnotherLengthIsRefused_T62(Specimen specimen) {
    String token = specimen.text();
    byte[] signature = Specimen.signatureOf(token);
    byte[] zeroInFront = new byte[signature.length + 1];
    System.arraycopy(signature, 0, zeroInFront, 1, signature.length);

    for (byte[] other :
        List.of(
            Arrays.copyOf(signature, signature.length + 1),
            Arrays.copyOf(signature, signature.length - 1),
            zeroInFront)) {
      refuses(Specimen.withSignature(token, other), "the signature does not hold");
    }
    refuses(Specimen.withSignature(token, new byte[0]), "the signature is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "None", "NONE", "nOnE", "HS256", "HS512", "rs256", "RSA-OAEP", ""})
  void anAlgorithmThatIsNotAllowedIsRefused_T39(String algorithm) {
    String token = Specimen.rs256().header("alg", algorithm).text();
    refuses(token, "alg is not one that is taken from this issuer");
    refuses(token.substring(0, token.lastIndexOf('.') + 1), "the signature is missing");
  }

  @Test
  void anHmacKeyedWithThePublicKeyIsRefused_T39() throws Exception {
    Specimen specimen = Specimen.rs256().header("alg", "HS256");
    String text = specimen.text();
    String signed = text.substring(0, text.lastIndexOf('.'));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Specimen.RSA.getPublic().getEncoded(), "HmacSHA256"));

    refuses(
        Specimen.withSignature(text, mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))),
        "alg is not one that is taken from this issuer");
  }

  @Test
  void anAlgorithmOutsideTheConfiguredOnesIsRefused_T39() {
    JwtAccessTokenVerifier onlyEs256 = verifier(Set.of("ES256"), Set.of());

    assertThat(onlyEs256.verify(Specimen.es256().presented()).join())
        .isInstanceOf(Verification.Valid.class);
    assertThat(onlyEs256.verify(Specimen.rs256().presented()).join())
        .isEqualTo(new Verification.Invalid("alg is not one that is taken from this issuer"));
  }

  @Test
  void anAlgorithmThatDoesNotFitTheKeyIsRefused_T39() {
    refuses(Specimen.rs256().header("kid", "ec-1").text(), "the signature does not hold");
    refuses(Specimen.es256().header("kid", "ec-384").text(), "the signature does not hold");
    refuses(Specimen.es256().header("alg", "ES384").text(), "the signature does not hold");
    refuses(Specimen.rs256().header("alg", "PS256").text(), "the signature does not hold");
  }

  @TestFactory
  Stream<DynamicTest> critIsRefusedWhateverItSays_T40() {
    accepts(Specimen.rs256().header("b64", true).text());
    return Stream.of(
            List.of("exp"),
            List.of("b64"),
            List.of(),
            "b64",
            Map.of(),
            1,
            List.of(1),
            List.of("alg"))
        .map(
            crit ->
                dynamicTest(
                    "crit " + crit,
                    () ->
                        refuses(
                            Specimen.rs256().header("crit", crit).text(),
                            "crit demands an extension that is not understood")));
  }

  @Test
  void aCritOfNullIsRefused_T40() {
    Specimen specimen = Specimen.rs256();
    String claims = JSONObjectUtils.toJSONString(specimen.claims);
    accepts(specimen.text("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"rsa-1\"}", claims));
    refuses(
        specimen.text(
            "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"rsa-1\",\"crit\":null}", claims),
        "crit demands an extension that is not understood");
  }

  @Test
  void keysInTheHeaderAreIgnored_T41() throws Exception {
    var attacker = Specimen.pair("RSA", 2048);
    Map<String, Object> jwk =
        Specimen.rsaJwk((java.security.interfaces.RSAPublicKey) attacker.getPublic(), "rsa-1");
    accepts(Specimen.rs256().header("jwk", jwk).header("jku", "http://127.0.0.1:1/").text());
    refuses(
        Specimen.rs256(attacker.getPrivate())
            .header("jwk", jwk)
            .header("jku", "https://attacker.example/jwks")
            .header("x5u", "https://attacker.example/x5u")
            .header("x5c", List.of("MIIB"))
            .text(),
        "the signature does not hold");
  }

  @Test
  void aMemberTwiceIsRefused_T42() {
    Specimen specimen = Specimen.rs256();
    String header = JSONObjectUtils.toJSONString(specimen.header);
    String claims = JSONObjectUtils.toJSONString(specimen.claims);
    accepts(specimen.text(header, claims));

    String rule = "a part is not one strict JSON object";
    refuses(specimen.text(twice(header, "\"alg\":\"none\""), claims), rule);
    refuses(specimen.text(header, twice(claims, "\"sub\":\"mallory\"")), rule);
    refuses(specimen.text(header, twice(claims, "\"cnf\":{},\"cnf\":{}")), rule);
    refuses(specimen.text(header, twice(claims, "\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}")), rule);
  }

  private static String twice(String object, String member) {
    return "{" + member + "," + object.substring(1);
  }

  @TestFactory
  Stream<DynamicTest> jsonBeyondTheRulesIsRefused_T43() {
    String claims = JSONObjectUtils.toJSONString(Specimen.rs256().claims);
    return Stream.of(
            "[" + claims + "]",
            claims + " {}",
            claims + "x",
            "\uFEFF" + claims,
            twice(claims, "\"x\":" + "[".repeat(2000) + "]".repeat(2000)),
            twice(claims, "\"x\":" + "1".repeat(8000)),
            twice(claims, "\"x\":1e999999999"),
            twice(claims, "\"x\":\"\\ud800\""),
            twice(claims, "\"x\":NaN"),
            claims.replace('"', '\''),
            "",
            "null",
            "{")
        .map(
            payload ->
                dynamicTest(
                    "payload " + payload.substring(0, Math.min(40, payload.length())),
                    () ->
                        refuses(
                            Specimen.rs256()
                                .text(
                                    JSONObjectUtils.toJSONString(Specimen.rs256().header), payload),
                            "a part is not one strict JSON object")));
  }

  @Test
  void anotherSpellingOfTheSameBytesIsRefused_T44() {
    String token = Specimen.es256().text(); // 64 bytes: the last character has four unused bits
    String other = token.substring(0, token.length() - 1);
    char last = token.charAt(token.length() - 1);
    String nextInAlphabet = last == 'A' ? "B" : last == 'Q' ? "R" : last == 'g' ? "h" : "x";

    accepts(token);
    refuses(token + "=", "a part is not canonical base64url");
    refuses(token + "==", "a part is not canonical base64url");
    refuses(other + nextInAlphabet, "a part is not canonical base64url");
    refuses(token.replaceFirst("\\.", "~."), "a part is not canonical base64url");
    refuses(token.replaceFirst("\\.", "+."), "a part is not canonical base64url");
  }

  @Test
  void timesAreWholeSecondsAndHold_T45() {
    long now = Specimen.NOW.getEpochSecond();
    accepts(Specimen.rs256().claim("exp", now + 1).text());
    refuses(Specimen.rs256().claim("exp", now).text(), "exp has passed");
    refuses(Specimen.rs256().withoutClaim("exp").text(), "exp is missing");
    for (Object odd : List.of("" + (now + 300), -1, now + 300.5, 1e300)) {
      refuses(Specimen.rs256().claim("exp", odd).text(), "exp is not a whole number of seconds");
    }
    accepts(Specimen.rs256().claim("nbf", now + 10).text());
    refuses(Specimen.rs256().claim("nbf", now + 11).text(), "nbf lies in the future");
    accepts(Specimen.rs256().claim("iat", now + 10).text());
    refuses(Specimen.rs256().claim("iat", now + 11).text(), "iat lies in the future");
  }

  @Test
  void issuerAndAudienceMustBeThere() {
    refuses(Specimen.rs256().withoutClaim("iss").text(), "iss is not the issuer that vouches");
    refuses(
        Specimen.rs256().claim("iss", Specimen.ISSUER + "/").text(),
        "iss is not the issuer that vouches");
    refuses(Specimen.rs256().withoutClaim("aud").text(), "aud names no audience of this service");
    accepts(Specimen.rs256().claim("aud", List.of("other", Specimen.AUDIENCE)).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt", "JWT", "jwt"})
  void anAccessTokensTypeIsAcceptedInAnyCase_T46(String type) {
    accepts(Specimen.rs256().header("typ", type).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dpop+jwt",
        "DPoP+JWT",
        "application/dpop+jwt",
        "id_token",
        "id_token+jwt",
        "logout+jwt",
        "token-introspection+jwt",
        "secevent+jwt",
        "JWS",
        "JOSE",
        "",
        "application/",
        "at+jwt "
      })
  void anotherKindsTypeIsRefused_T46(String type) {
    refuses(Specimen.rs256().header("typ", type).text(), "typ is not an access token's");
  }

  @Test
  void aMissingTypeIsAcceptedUnlessTypesAreConfigured_T46() {
    accepts(Specimen.rs256().withoutHeader("typ").text());
    JwtAccessTokenVerifier strict = verifier(Set.of(), Set.of("at+jwt"));

    assertThat(strict.verify(Specimen.rs256().presented()).join())
        .isInstanceOf(Verification.Valid.class);
    for (Specimen other :
        List.of(Specimen.rs256().withoutHeader("typ"), Specimen.rs256().header("typ", "JWT"))) {
      assertThat(strict.verify(other.presented()).join())
          .isEqualTo(new Verification.Invalid("typ is not an access token's"));
    }
  }

  @Test
  void anIdTokenOfTypeJwtIsRefused_T46() {
    accepts(Specimen.rs256().header("typ", "JWT").claim("azp", "payments-app").text());
    for (String mark : List.of("at_hash", "c_hash", "s_hash", "events", "nonce")) {
      assertThat(
              verifier(Set.of(), Set.of())
                  .verify(Specimen.rs256().header("typ", "JWT").claim(mark, "x").presented())
                  .join())
          .as(mark)
          .isInstanceOf(Verification.Invalid.class);
      accepts(Specimen.rs256().claim(mark, "x").text()); // at+jwt says what it is
    }
  }

  @Test
  void keycloaksOwnKindsAreToldApart_T46() {
    accepts(Specimen.rs256().header("typ", "JWT").claim("typ", "Bearer").text());
    accepts(Specimen.rs256().header("typ", "JWT").claim("typ", "DPoP").text());
    accepts(
        Specimen.rs256().header("typ", "JWT").claim("typ", "Bearer").claim("nonce", "n").text());
    for (Object kind : List.of("ID", "Refresh", "Offline", "Logout", 1)) {
      refuses(
          Specimen.rs256().header("typ", "JWT").claim("typ", kind).text(),
          "the claim typ says that this is not an access token");
    }
  }

  @Test
  void aTokenWhoseOnlyAudienceIsItsClientIsAnIdToken_T46() {
    Specimen idToken =
        Specimen.rs256().header("typ", "JWT").claim("azp", Specimen.AUDIENCE).withoutClaim("scope");
    refuses(idToken.text(), "the only audience is the client itself: this is an ID token");
    refuses(
        idToken.claim("aud", List.of(Specimen.AUDIENCE)).text(),
        "the only audience is the client itself: this is an ID token");
    accepts(idToken.claim("scope", "accounts").text());
  }

  @Test
  void otherSerialisationsAreRefused_T47() {
    String token = Specimen.rs256().text();
    refuses(token + ".AAAA.AAAA", "not the three parts of a compact JWS"); // JWE: five parts
    refuses(token + ".", "not the three parts of a compact JWS");
    refuses("opaque", "not the three parts of a compact JWS");
    refuses(token.substring(0, token.lastIndexOf('.')), "not the three parts of a compact JWS");
    refuses("." + token.substring(token.indexOf('.') + 1), "a part is not one strict JSON object");
  }

  @Test
  void headerMembersOfTheWrongKindAreRefused() {
    refuses(Specimen.rs256().header("alg", 1).text(), "alg is not text");
    refuses(Specimen.rs256().header("kid", List.of()).text(), "kid is not text");
    refuses(Specimen.rs256().header("typ", false).text(), "typ is not text");
    refuses(Specimen.rs256().withoutHeader("alg").text(), "alg is missing");
  }

  @Test
  void withoutAKidEachKeyThatFitsIsTried() {
    accepts(Specimen.rs256().withoutHeader("kid").text());
    refuses(
        Specimen.rs256(Specimen.pair("RSA", 2048).getPrivate()).withoutHeader("kid").text(),
        "no key of the issuer signed it");
  }

  @Test
  void nothingOfTheTokenIsInItsText_T102() throws Exception {
    UnverifiedJwt jwt = UnverifiedJwt.read(Specimen.rs256().text());
    assertThat(jwt.toString() + jwt.jws()).doesNotContain("alice", "rsa-1");
  }
}
