package dev.holdfast.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.jose.WycheproofVectors;
import dev.holdfast.internal.jose.WycheproofVectors.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Project Wycheproof's vectors with their keys and signatures read as those of proofs: the part of
 * a proof that is not DPoP's own. All differences from their verdict:
 *
 * <table>
 * <caption>Differences</caption>
 * <tr><th>vectors<th>our verdict<th>why
 * <tr><td>key type {@code oct}<td>refused<td>a MAC proves no key (RFC 9449 section 4.3)
 * <tr><td>{@link #KEY_FOR_SOMETHING_ELSE}<td>accepted, if the signature holds
 * <td>a proof brings its own key, so what {@code alg}, {@code use} and {@code key_ops} inside
 * {@code jwk} say against it is the caller's own affair; clients leave them over by mistake
 * <tr><td>"acceptable"<td>both<td>Wycheproof leaves it open
 * </table>
 */
class WycheproofProofTest {
  /** The key's own alg is PS512, or its use or key_ops are those of encryption. */
  private static final Set<String> KEY_FOR_SOMETHING_ELSE =
      Set.of("332", "334", "336", "338", "340", "353", "354", "355", "356");

  @BeforeAll
  static void vectorsAreThere() {
    WycheproofVectors.needed();
  }

  @TestFactory
  List<DynamicTest> jsonWebSignatures_T61() throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (Vector vector : WycheproofVectors.of("json_web_signature_test.json")) {
      Map<String, Object> key = vector.key("public");
      String name = vector.group().get("comment") + " " + vector.text("comment");
      boolean expected = vector.result().equals("valid") && key != null;
      cases.add(
          dynamicTest(
              vector.text("tcId") + " " + name,
              () -> {
                boolean holds = key != null && holds(key, vector.text("jws"));
                assertThat(holds)
                    .isEqualTo(expected || KEY_FOR_SOMETHING_ELSE.contains(vector.text("tcId")));
              }));
    }
    assertThat(cases).hasSizeGreaterThan(300);
    return cases;
  }

  private static boolean holds(Map<String, Object> jwk, String jws) throws Exception {
    try {
      CompactJws proof = CompactJws.read(jws);
      SigningAlgorithm algorithm = SigningAlgorithm.named(proof.header().algorithm());
      return algorithm != null && proof.isSigned(key(jwk, algorithm).check());
    } catch (UnacceptableProofException | UnacceptableJoseException refused) {
      return false;
    }
  }

  private static ProofKey key(Map<String, Object> jwk, SigningAlgorithm algorithm)
      throws UnacceptableProofException {
    return ProofJwk.read(jwk, algorithm, 2048, SignatureProviders.ofThisProcess());
  }

  @TestFactory
  List<DynamicTest> ecdsaP256_T62() throws Exception {
    return raw(
        "ecdsa_secp256r1_sha256_p1363_test.json",
        SigningAlgorithm.ES256,
        key ->
            Map.of(
                "kty", "EC", "crv", "P-256", "x", fixed(key.get("wx")), "y", fixed(key.get("wy"))));
  }

  @TestFactory
  List<DynamicTest> ed25519_T62() throws Exception {
    return raw(
        "ed25519_test.json",
        SigningAlgorithm.EDDSA,
        key -> Map.of("kty", "OKP", "crv", "Ed25519", "x", text(key.get("pk"), 32)));
  }

  @TestFactory
  List<DynamicTest> rsa2048() throws Exception {
    return raw(
        "rsa_signature_2048_sha256_test.json",
        SigningAlgorithm.RS256,
        key ->
            Map.of(
                "kty", "RSA",
                "n", text(key.get("modulus"), 256),
                "e",
                    text(
                        key.get("publicExponent"),
                        ((String) key.get("publicExponent")).length() / 2)));
  }

  private interface JwkOf {
    Map<String, Object> of(Map<String, Object> publicKey);
  }

  private static List<DynamicTest> raw(String file, SigningAlgorithm algorithm, JwkOf jwk)
      throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (Vector vector : WycheproofVectors.of(file)) {
      ProofKey key = key(jwk.of(vector.key("publicKey")), algorithm);
      cases.add(
          dynamicTest(
              vector.name(),
              () -> {
                boolean holds =
                    key.check()
                        .holds(
                            HexFormat.of().parseHex(vector.text("msg")),
                            HexFormat.of().parseHex(vector.text("sig")));
                if (!vector.result().equals("acceptable")) {
                  assertThat(holds).isEqualTo(vector.result().equals("valid"));
                }
              }));
    }
    assertThat(cases).hasSizeGreaterThan(100);
    return cases;
  }

  private static String fixed(Object hex) {
    return text(hex, 32);
  }

  /** The number in hexadecimal, in exactly this many bytes. */
  private static String text(Object hex, int length) {
    byte[] bytes = new java.math.BigInteger("00" + hex, 16).toByteArray();
    byte[] number = new byte[length];
    int common = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - common, number, length - common, common);
    return Base64Url.encode(Arrays.copyOf(number, length));
  }
}
