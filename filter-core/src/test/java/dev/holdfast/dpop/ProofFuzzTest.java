package dev.holdfast.dpop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Proof;
import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the text: it is a rejected proof, unless it was signed with the one key that is used
 * here; Nimbus says which are. The key is always the same, for the next run takes the inputs of the
 * one before, on another JDK too.
 */
class ProofFuzzTest {
  /** RFC 7515 appendix A.3.1. */
  private static final String KEY =
      "{\"kty\":\"EC\",\"crv\":\"P-256\","
          + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\","
          + "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}";

  private static final DpopFixture DPOP = new DpopFixture(DpopFixture.ALL_ALGORITHMS);
  private static final ECKey EC = parsed(KEY);
  private static final ProofSpecimen SPECIMEN = specimen();
  private static final String SIGNED = SPECIMEN.text();

  static byte[][] seeds() {
    String header = JSONObjectUtils.toJSONString(SPECIMEN.header);
    String claims = JSONObjectUtils.toJSONString(SPECIMEN.claims);
    return new byte[][] {
      ascii(SIGNED),
      ascii(SIGNED + "="),
      ascii(header + "\n" + claims + "\nx"),
      ascii(header.replace("ES256", "RS256") + "\n" + claims + "\nx"),
      ascii(JSONObjectUtils.toJSONString(ProofSpecimen.of("PS256").header) + "\n{}\n"),
      ascii(JSONObjectUtils.toJSONString(ProofSpecimen.of("EdDSA").header) + "\n{}\n"),
      ascii(header + "\n" + claims.replaceFirst("\"iat\":(\\d+)", "\"iat\":$1.25e0") + "\nx"),
      ascii("e30.e30.AAAA"),
      ascii(".."),
      new byte[0],
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextIsRejectedUnlessItWasSigned(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    check(text);
    String[] lines = text.split("\n", 3); // the same, past base64url: header, claims, signature
    if (lines.length == 3) {
      check(part(lines[0]) + "." + part(lines[1]) + "." + part(lines[2]));
      check(part(lines[0]) + "." + part(lines[1]) + "." + "A".repeat(86));
    }
  }

  private static String part(String latin1) {
    return Base64Url.encode(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void check(String text) {
    if (DPOP.prove(ProofRequest.with(text)) instanceof Proof.Proven && !isSigned(text)) {
      throw new AssertionError("a proof that nobody signed: " + text);
    }
  }

  private static boolean isSigned(String text) {
    try {
      return JWSObject.parse(text).verify(new ECDSAVerifier(EC.toECPublicKey()));
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  private static ECKey parsed(String jwk) {
    try {
      return ECKey.parse(jwk);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProofSpecimen specimen() {
    try {
      return ProofSpecimen.es256(EC.toKeyPair());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
