package dev.holdfast.introspection.signed;

import static dev.holdfast.introspection.signed.ResponseSpecimen.answer;
import static dev.holdfast.introspection.signed.ResponseSpecimen.outcome;
import static dev.holdfast.introspection.signed.ResponseSpecimen.reader;
import static dev.holdfast.introspection.signed.ResponseSpecimen.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.holdfast.internal.files.UnusableFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9701 section 5: signed, then encrypted to this service. */
class EncryptedResponsesTest {
  private static final Map<String, Object> SAID = Map.of("active", true, "sub", "alice");
  private static final String REFUSED = "the signed introspection response is refused: ";
  private static final ECKey EC = ec();
  private static final RSAKey RSA = rsa();
  @TempDir private Path directory;

  private static ECKey ec() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.ENCRYPTION).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static RSAKey rsa() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private SignedResponses readerWith(JWK key) throws Exception {
    Path file = Files.writeString(directory.resolve("key.jwk"), key.toJSONString());
    return reader(DecryptionKey.of("holdfast.decryption-key", file, Clock.systemUTC()));
  }

  private static String encrypted(
      String text,
      JWEAlgorithm algorithm,
      EncryptionMethod method,
      Consumer<JWEHeader.Builder> more)
      throws JOSEException {
    JWEHeader.Builder header = new JWEHeader.Builder(algorithm, method).contentType("JWT");
    more.accept(header);
    JWEObject jwe = new JWEObject(header.build(), new Payload(text));
    jwe.encrypt(
        algorithm.getName().startsWith("RSA") ? new RSAEncrypter(RSA) : new ECDHEncrypter(EC));
    return jwe.serialize();
  }

  private static String encrypted(String text) throws JOSEException {
    return encrypted(text, JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM, header -> {});
  }

  @Test
  @SuppressWarnings("deprecation") // RSA-OAEP with SHA-1 is still what most servers begin with
  void eachAlgorithmThatIsTakenIsRead() throws Exception {
    String response = signed(claims -> {});
    SignedResponses ofRsa = readerWith(RSA);
    for (JWEAlgorithm algorithm :
        List.of(
            JWEAlgorithm.RSA_OAEP,
            JWEAlgorithm.RSA_OAEP_256,
            JWEAlgorithm.RSA_OAEP_384,
            JWEAlgorithm.RSA_OAEP_512)) {
      String body = encrypted(response, algorithm, EncryptionMethod.A128GCM, header -> {});
      assertThat(outcome(ofRsa, answer(body))).as(algorithm.getName()).isEqualTo(SAID);
    }
    SignedResponses ofEc = readerWith(EC);
    for (JWEAlgorithm algorithm :
        List.of(
            JWEAlgorithm.ECDH_ES,
            JWEAlgorithm.ECDH_ES_A128KW,
            JWEAlgorithm.ECDH_ES_A192KW,
            JWEAlgorithm.ECDH_ES_A256KW)) {
      String body = encrypted(response, algorithm, EncryptionMethod.A128CBC_HS256, header -> {});
      assertThat(outcome(ofEc, answer(body))).as(algorithm.getName()).isEqualTo(SAID);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // refused for being that weak
  void otherAlgorithmsAndCompressionAreNot() throws Exception {
    String response = signed(claims -> {});
    assertThat(
            outcome(
                readerWith(RSA),
                answer(
                    encrypted(
                        response, JWEAlgorithm.RSA1_5, EncryptionMethod.A128GCM, header -> {}))))
        .isEqualTo(REFUSED + "alg of the JWE is not one that is taken for this service's key");
    assertThat(
            outcome(
                readerWith(EC),
                answer(
                    encrypted(
                        response,
                        JWEAlgorithm.ECDH_ES,
                        EncryptionMethod.A128GCM,
                        header -> header.compressionAlgorithm(CompressionAlgorithm.DEF)))))
        .isEqualTo(REFUSED + "it is compressed");
  }

  @Test
  void whatIsNotEncryptedToThisServiceIsRefused() throws Exception {
    SignedResponses reader = readerWith(EC);
    assertThat(outcome(reader, answer(signed(claims -> {}))))
        .as("signed alone")
        .isEqualTo(REFUSED + "not the five parts of a compact JWE");
    String body = encrypted(signed(claims -> {}));
    String first = body.substring(body.length() - 2, body.length() - 1);
    String changed =
        body.substring(0, body.length() - 2)
            + (first.equals("A") ? "B" : "A")
            + body.substring(body.length() - 1);
    assertThat(outcome(reader, answer(changed)))
        .isEqualTo(REFUSED + "it cannot be decrypted with this service's key");
    assertThat(outcome(readerWith(new ECKeyGenerator(Curve.P_256).generate()), answer(body)))
        .isEqualTo(REFUSED + "it cannot be decrypted with this service's key");
    assertThat(outcome(reader(null), answer(body)))
        .as("no key here")
        .isEqualTo(REFUSED + "not the three parts of a compact JWS");
  }

  @Test
  void whatIsInsideIsSignedAllTheSame() throws Exception {
    assertThat(outcome(readerWith(EC), answer(encrypted("{\"active\":true}"))))
        .isEqualTo(REFUSED + "not the three parts of a compact JWS");
    assertThat(
            outcome(
                readerWith(EC), answer(encrypted(signed(claims -> claims.put("aud", "other"))))))
        .isEqualTo(REFUSED + "aud does not name this service");
  }

  @Test
  void aKeyForSignaturesDecryptsNothing() {
    assertThatExceptionOfType(UnusableFileException.class)
        .isThrownBy(
            () -> readerWith(new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE).generate()))
        .withMessage("the use of the JWK is not enc");
  }
}
