package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithms, keys and signatures: one valid token, one mutation at a time. */
class JwtSignatureTest extends JwtVerifierFixture {
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
    refuses(Specimen.rs256().header("kid", "ec-1").text(), "no key of the issuer signed it");
    refuses(Specimen.es256().header("kid", "ec-384").text(), "no key of the issuer signed it");
    refuses(Specimen.es256().header("alg", "ES384").text(), "no key of the issuer signed it");
    refuses(Specimen.rs256().header("alg", "PS256").text(), "the signature does not hold");
  }

  @Test
  void ed25519IsTakenWhereverEdDsaIs_C31() {
    Specimen ed25519 = Specimen.eddsa().header("alg", "Ed25519");
    accepts(ed25519.text());
    for (Specimen either : List.of(ed25519, Specimen.eddsa())) {
      assertThat(verifier(Set.of("EdDSA"), Set.of()).verify(either.presented()).join())
          .isInstanceOf(Verification.Valid.class);
    }
    assertThat(verifier(Set.of("Ed25519"), Set.of()).verify(ed25519.presented()).join())
        .isInstanceOf(Verification.Valid.class);
    assertThat(verifier(Set.of("Ed25519"), Set.of()).verify(Specimen.eddsa().presented()).join())
        .isEqualTo(new Verification.Invalid("alg is not one that is taken from this issuer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed448", "ES256K", "ed25519", "EDDSA"})
  void namesThatAreNotTakenHereAreRefused_C31(String name) {
    refuses(
        Specimen.eddsa().header("alg", name).text(),
        "alg is not one that is taken from this issuer");
  }

  @Test
  void aNullKidAndTypAreNone_C86() {
    accepts(Specimen.rs256().header("kid", null).header("typ", null).text());
    refuses(Specimen.rs256().header("alg", null).text(), "alg is missing");
  }

  @Test
  void keysInTheHeaderAreIgnored_T41() throws Exception {
    var attacker = Specimen.stranger();
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
  void withoutAKidEachKeyThatFitsIsTried() {
    accepts(Specimen.rs256().withoutHeader("kid").text());
    refuses(
        Specimen.rs256(Specimen.stranger().getPrivate()).withoutHeader("kid").text(),
        "no key of the issuer signed it");
  }
}
