package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The text, its JSON and its header: one valid token, one mutation at a time. */
class JwtFormTest extends JwtVerifierFixture {
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
  void aMemberTwiceIsRefused_T42() {
    Specimen specimen = Specimen.rs256();
    String header = JSONObjectUtils.toJSONString(specimen.header);
    String claims = JSONObjectUtils.toJSONString(specimen.claims);
    accepts(specimen.text(header, claims));

    refuses(
        specimen.text(twice(header, "\"alg\":\"none\""), claims),
        "the header is not one strict JSON object");
    String rule = "the claims are not one strict JSON object";
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
                            "the claims are not one strict JSON object")));
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
  void otherSerialisationsAreRefused_T47() {
    String token = Specimen.rs256().text();
    refuses(token + ".AAAA.AAAA", "not the three parts of a compact JWS"); // JWE: five parts
    refuses(token + ".", "not the three parts of a compact JWS");
    refuses("opaque", "not the three parts of a compact JWS");
    refuses(token.substring(0, token.lastIndexOf('.')), "not the three parts of a compact JWS");
    refuses(
        "." + token.substring(token.indexOf('.') + 1), "the header is not one strict JSON object");
  }

  @Test
  void headerMembersOfTheWrongKindAreRefused() {
    refuses(Specimen.rs256().header("alg", 1).text(), "alg is not text");
    refuses(Specimen.rs256().header("kid", List.of()).text(), "kid is not text");
    refuses(Specimen.rs256().header("typ", false).text(), "typ is not text");
    refuses(Specimen.rs256().withoutHeader("alg").text(), "alg is missing");
  }

  @Test
  void nothingOfTheTokenIsInItsText_T102() throws Exception {
    UnverifiedJwt jwt = UnverifiedJwt.read(Specimen.rs256().text());
    assertThat(jwt.toString() + jwt.jws()).doesNotContain("alice", "rsa-1");
  }
}
