package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import dev.holdfast.internal.Base64Url;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Project Wycheproof's vectors, read in place from {@code wycheproof/} in the directory that the
 * system property {@code holdfast.outside-vectors} names.
 *
 * <p>The raw signature vectors have messages that are no JWS; they run against the keys' signature
 * checks, whose only inputs are the signed bytes and the signature.
 */
class WycheproofTest {
  private static final String PROPERTY = "holdfast.outside-vectors";

  /** Valid by the vectors' own reading of RFC 7515, refused by ours on purpose. */
  private static final Set<String> STRICTER =
      Set.of(
          "rfc7520 Figure20", // the key says PS256, the token PS384
          "rfc7520WithKeyOps Figure20",
          "rfc7520 Figure27", // the key's alg is ES521, which no specification knows
          "rfc7520WithKeyOps Figure27");

  /**
   * Valid, and refused by the elliptic curves of some JDKs: r is the x coordinate less the curve's
   * order, which an honest signer meets once in 2^128 signatures.
   */
  private static final Set<String> EITHER_WAY =
      Set.of(
          "k*G has a large x-coordinate",
          "r = 3, x = n + 3 is the smallest possible x with a reduction");

  @BeforeAll
  static void vectorsAreThere() {
    if (directory() == null || !Files.isDirectory(directory())) {
      assertThat(System.getenv("CI"))
          .as("CI needs the outside vectors: set the system property " + PROPERTY)
          .isNotEqualTo("true");
      Assumptions.abort("no outside vectors: the system property " + PROPERTY + " is not set");
    }
  }

  private static Path directory() {
    String root = System.getProperty(PROPERTY, "");
    return root.isEmpty() ? null : Path.of(root, "wycheproof");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> groups(String file) throws Exception {
    return (List<Map<String, Object>>)
        (List<?>)
            (List<Object>)
                JSONObjectUtils.parse(Files.readString(directory().resolve(file)))
                    .get("testGroups");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> tests(Map<String, Object> group) {
    return (List<Map<String, Object>>) (List<?>) (List<Object>) group.get("tests");
  }

  @TestFactory
  @SuppressWarnings("unchecked")
  List<DynamicTest> jsonWebSignatures_T39() throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (Map<String, Object> group : groups("json_web_signature_test.json")) {
      Map<String, Object> key =
          (Map<String, Object>) group.getOrDefault("public", group.get("private"));
      boolean symmetric = "oct".equals(key.get("kty"));
      for (Map<String, Object> test : tests(group)) {
        String name = group.get("comment") + " " + test.get("comment");
        boolean expected =
            "valid".equals(test.get("result")) && !symmetric && !STRICTER.contains(name);
        cases.add(
            dynamicTest(
                test.get("tcId") + " " + name,
                () ->
                    assertThat(signed(key, String.valueOf(test.get("jws")))).isEqualTo(expected)));
      }
    }
    assertThat(cases).hasSizeGreaterThan(300);
    return cases;
  }

  private static boolean signed(Map<String, Object> key, String text) throws Exception {
    CompactJws jws;
    try {
      jws = CompactJws.read(text);
    } catch (UnacceptableJwtException refused) {
      return false;
    }
    SigningAlgorithm algorithm = SigningAlgorithm.named(jws.header().algorithm());
    return algorithm != null && Specimen.keySet(List.of(key)).signed(algorithm, jws);
  }

  @TestFactory
  List<DynamicTest> ecdsaP256_T62() throws Exception {
    return raw(
        "ecdsa_secp256r1_sha256_p1363_test.json",
        SigningAlgorithm.ES256,
        key ->
            new ECKey.Builder(Curve.P_256, coordinate(key.get("wx")), coordinate(key.get("wy")))
                .build()
                .toJSONObject());
  }

  @TestFactory
  List<DynamicTest> ed25519_T62() throws Exception {
    return raw(
        "ed25519_test.json",
        SigningAlgorithm.EDDSA,
        key ->
            Map.of(
                "kty",
                "OKP",
                "crv",
                "Ed25519",
                "x",
                Base64Url.encode(HexFormat.of().parseHex((String) key.get("pk")))));
  }

  @TestFactory
  List<DynamicTest> rsa2048() throws Exception {
    return raw(
        "rsa_signature_2048_sha256_test.json",
        SigningAlgorithm.RS256,
        key ->
            new RSAKey.Builder(
                    Base64URL.encode(new BigInteger((String) key.get("modulus"), 16)),
                    Base64URL.encode(new BigInteger((String) key.get("publicExponent"), 16)))
                .build()
                .toJSONObject());
  }

  private interface JwkOf {
    Map<String, Object> of(Map<String, Object> publicKey) throws Exception;
  }

  @SuppressWarnings("unchecked")
  private static List<DynamicTest> raw(String file, SigningAlgorithm algorithm, JwkOf jwk)
      throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (Map<String, Object> group : groups(file)) {
      Map<String, Object> publicKey = (Map<String, Object>) group.get("publicKey");
      VerificationKey key = KeyRules.accept(new LinkedHashMap<>(jwk.of(publicKey)));
      for (Map<String, Object> test : tests(group)) {
        CompactJws jws =
            signatureOver(
                HexFormat.of().parseHex((String) test.get("msg")),
                HexFormat.of().parseHex((String) test.get("sig")));
        boolean expected = !"invalid".equals(test.get("result"));
        boolean open =
            "acceptable".equals(test.get("result"))
                || (expected && EITHER_WAY.contains(String.valueOf(test.get("comment"))));
        cases.add(
            dynamicTest(
                test.get("tcId") + " " + test.get("comment"),
                () -> {
                  boolean signed = key.signed(algorithm, jws);
                  assertThat(open || signed == expected).as("signed: " + signed).isTrue();
                }));
      }
    }
    assertThat(cases).hasSizeGreaterThan(100);
    return cases;
  }

  /** Signed bytes and signature alone, for a message that is no JWS. */
  private static CompactJws signatureOver(byte[] signedBytes, byte[] signature) {
    return new CompactJws(
        new JoseHeader("", null, null),
        new byte[0],
        signedBytes,
        signature);
  }

  private static Base64URL coordinate(Object hex) {
    byte[] bytes = new BigInteger((String) hex, 16).toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return Base64URL.encode(fixed);
  }
}
