package dev.holdfast.internal.jose.privatekey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.PublicJwk;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTextTest {
  private static OwnKey read(String text) throws UnacceptableJoseException {
    return PrivateKeyText.read(text.getBytes(UTF_8));
  }

  private static void assertRefused(String text, String rule) {
    assertThatExceptionOfType(UnacceptableJoseException.class)
        .isThrownBy(() -> read(text))
        .withMessage(rule);
  }

  private static String pem(String label, PrivateKey key) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static KeyPair ed25519() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** A signature by the key, checked by the public half as an issuer would. */
  private static void assertSigns(OwnKey key, SigningAlgorithm algorithm, Map<String, Object> jwk)
      throws Exception {
    JwsSigner signer = JwsSigner.of(key, algorithm, SignatureProviders.ofThisProcess());
    String jws = signer.sign(Base64Url.encode("{}".getBytes(UTF_8)), "payload".getBytes(UTF_8));
    assertThat(
            CompactJws.read(jws)
                .isSigned(
                    PublicJwk.read(jwk, 2048).check(algorithm, SignatureProviders.ofThisProcess())))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "P-521"})
  void anEllipticKeySignsFromEitherFormat(String curve) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.parse(curve)).keyID("k1").generate();
    Map<String, Object> published = key.toPublicJWK().toJSONObject();
    OwnKey ofPem = read("some words\n" + pem("PRIVATE KEY", key.toPrivateKey()));
    OwnKey ofJwk = read(" " + key.toJSONString());
    assertThat(ofJwk.id()).isEqualTo("k1");
    assertThat(ofPem.id()).isNull();
    assertSigns(ofPem, ofPem.signingAlgorithms().get(0), published);
    assertSigns(ofJwk, ofJwk.signingAlgorithms().get(0), published);
  }

  @Test
  void anRsaKeySignsFromEitherFormatByEachAlgorithm() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).generate();
    Map<String, Object> published = key.toPublicJWK().toJSONObject();
    OwnKey ofPem = read(pem("PRIVATE KEY", key.toPrivateKey()));
    assertThat(ofPem.signingAlgorithms()).startsWith(SigningAlgorithm.RS256).hasSize(6);
    for (SigningAlgorithm algorithm : ofPem.signingAlgorithms()) {
      assertSigns(ofPem, algorithm, published);
    }
    assertSigns(read(key.toJSONString()), SigningAlgorithm.PS256, published);
  }

  @Test
  void anEd25519KeySignsFromEitherFormat() throws Exception {
    KeyPair pair = ed25519();
    byte[] encoded = pair.getPrivate().getEncoded();
    String seed =
        Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    byte[] spki = ((EdECPublicKey) pair.getPublic()).getEncoded();
    String x = Base64Url.encode(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    Map<String, Object> published = Map.of("kty", "OKP", "crv", "Ed25519", "x", x);
    String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\",\"d\":\"" + seed + "\"}";
    assertSigns(read(pem("PRIVATE KEY", pair.getPrivate())), SigningAlgorithm.EDDSA, published);
    assertSigns(read(jwk), SigningAlgorithm.ED25519, published);
    assertRefused(jwk.replace("Ed25519", "X25519"), "the JWK is not RSA, EC or Ed25519");
  }

  @Test
  void whatTheJwkDoesNotNeedDoesNotSpoilIt_C86() throws Exception {
    String jwk = new ECKeyGenerator(Curve.P_256).generate().toJSONString();
    String with = jwk.substring(0, jwk.length() - 1) + ",\"x5c\":[\"%\"],\"use\":null,\"own\":7}";
    assertThat(read(with).use()).isNull();
  }

  @Test
  void aKeyThatIsTooWeakIsRefused() throws Exception {
    String rule = "the key is not RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519";
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2047);
    assertRefused(pem("PRIVATE KEY", rsa.generateKeyPair().getPrivate()), rule);
    PrivateKey ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPrivate();
    assertRefused(pem("PRIVATE KEY", ed448), rule);
  }

  @Test
  void whatIsNoPrivateKeyIsRefusedWithWhatToDo() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    PrivateKey own = key.toPrivateKey();
    assertThat(read(pem("CERTIFICATE", own) + pem("PRIVATE KEY", own))).isNotNull();
    assertRefused("", "the file has no private key in PEM, and is no JWK");
    assertRefused(pem("CERTIFICATE", own), "the file has no private key in PEM, and is no JWK");
    assertRefused(pem("ENCRYPTED PRIVATE KEY", own), "the key is encrypted with a password");
    for (String old : List.of("EC PRIVATE KEY", "RSA PRIVATE KEY")) {
      assertRefused(
          pem(old, own), "the key is not PKCS #8; openssl pkcs8 -topk8 -nocrypt makes that of it");
    }
    assertRefused(
        pem("PRIVATE KEY", own) + pem("PRIVATE KEY", own), "the file has several private keys");
    assertRefused(
        "-----BEGIN PRIVATE KEY-----\nMAo=\n-----END PRIVATE KEY-----",
        "the key is malformed, or of a kind not taken here");
    assertRefused(key.toPublicJWK().toJSONString(), "the JWK has no private key");
    assertRefused("{\"keys\":[]}", "it is a set of keys, and one JWK is taken");
    assertRefused("{\"kty\":\"EC\"", "the JWK is not one strict JSON object");
    assertRefused("{\"kty\":\"EC\"}", "the JWK is malformed");
    assertRefused("{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}", "the JWK is malformed");
  }

  @Test
  void aKeyIsNotUsedForAnotherKeysAlgorithmNorShown() throws Exception {
    OwnKey key = read(new ECKeyGenerator(Curve.P_256).generate().toJSONString());
    assertThatExceptionOfType(UnacceptableJoseException.class)
        .isThrownBy(
            () -> JwsSigner.of(key, SigningAlgorithm.ES384, SignatureProviders.ofThisProcess()))
        .withMessage("the key is not one for ES384");
    assertThat(key.toString()).isEqualTo("OwnKey[EC, null]");
  }
}
