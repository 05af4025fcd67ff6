package dev.holdfast.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.internal.jose.WycheproofVectors.Vector;
import java.math.BigInteger;
import java.security.Provider;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every provider that may check a signature, against Wycheproof's raw vectors. Differences from
 * their verdict, all of them:
 *
 * <table>
 * <caption>Differences</caption>
 * <tr><th>vectors<th>provider<th>why
 * <tr><td>{@link #LARGE_X}<td>the platform's, in Java 17
 * <td>refused though valid: SunEC subtracts r from the point's x in the field of the coordinates and
 * reduces modulo the order only then, so an x that is not below the order never fits. An honest
 * signer meets one in 2^128 signatures. Java 25 is right.
 * <tr><td>"acceptable"<td>both<td>Wycheproof leaves it open
 * </table>
 */
class WycheproofSignatureTest {
  private static final Map<String, List<Provider>> PROVIDERS =
      Map.of("JDK", List.of(), "Bouncy Castle", List.of(new BouncyCastleProvider()));

  static final Set<String> LARGE_X =
      Set.of(
          "k*G has a large x-coordinate",
          "r = 3, x = n + 3 is the smallest possible x with a reduction");

  @BeforeAll
  static void vectorsAreThere() {
    WycheproofVectors.needed();
  }

  @TestFactory
  List<DynamicTest> ecdsaP256_T62() throws Exception {
    return cases(
        "ecdsa_secp256r1_sha256_p1363_test.json",
        SigningAlgorithm.ES256,
        key ->
            EllipticCurve.P_256.keySpec(
                new BigInteger((String) key.get("wx"), 16),
                new BigInteger((String) key.get("wy"), 16)));
  }

  @TestFactory
  List<DynamicTest> ed25519_T62() throws Exception {
    return cases(
        "ed25519_test.json",
        SigningAlgorithm.EDDSA,
        key -> Ed25519Point.keySpec(HexFormat.of().parseHex((String) key.get("pk"))));
  }

  @TestFactory
  List<DynamicTest> rsa2048() throws Exception {
    return cases(
        "rsa_signature_2048_sha256_test.json",
        SigningAlgorithm.RS256,
        key ->
            new RSAPublicKeySpec(
                new BigInteger((String) key.get("modulus"), 16),
                new BigInteger((String) key.get("publicExponent"), 16)));
  }

  private static boolean isOpen(String provider, Vector vector) {
    boolean flawedPlatform = provider.equals("JDK") && Runtime.version().feature() < 25;
    return vector.result().equals("acceptable")
        || (flawedPlatform && LARGE_X.contains(vector.text("comment")));
  }

  private interface KeyOf {
    KeySpec of(Map<String, Object> publicKey);
  }

  private static List<DynamicTest> cases(String file, SigningAlgorithm algorithm, KeyOf key)
      throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (String provider : PROVIDERS.keySet()) {
      SignatureProviders providers = SignatureProviders.preferring(PROVIDERS.get(provider));
      for (Vector vector : WycheproofVectors.of(file)) {
        SignatureCheck check =
            SignatureCheck.of(algorithm, key.of(vector.key("publicKey")), providers);
        cases.add(
            dynamicTest(
                provider + " " + vector.name(),
                () -> {
                  boolean holds =
                      check.holds(
                          HexFormat.of().parseHex(vector.text("msg")),
                          HexFormat.of().parseHex(vector.text("sig")));
                  if (!isOpen(provider, vector)) {
                    assertThat(holds).isEqualTo(vector.result().equals("valid"));
                  }
                }));
      }
    }
    assertThat(cases).hasSizeGreaterThan(200);
    return cases;
  }
}
