package dev.holdfast.internal.jose.privatekey;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.impl.AAD;
import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts a JWE in compact serialisation (RFC 7516 section 7.1) to this service's key. It takes
 * RSA-OAEP and ECDH-ES with authenticated encryption alone, and nothing that was compressed.
 * Thread-safe.
 */
public final class JweDecryption {
  private static final int PARTS = 5;
  private static final Set<JWEAlgorithm> OF_RSA =
      Set.of(
          JWEAlgorithm.RSA_OAEP_256,
          JWEAlgorithm.RSA_OAEP_384,
          JWEAlgorithm.RSA_OAEP_512,
          new JWEAlgorithm("RSA-OAEP"));
  private static final Set<JWEAlgorithm> OF_CURVES =
      Set.of(
          JWEAlgorithm.ECDH_ES,
          JWEAlgorithm.ECDH_ES_A128KW,
          JWEAlgorithm.ECDH_ES_A192KW,
          JWEAlgorithm.ECDH_ES_A256KW);
  private static final Set<EncryptionMethod> METHODS =
      Set.of(
          EncryptionMethod.A128GCM,
          EncryptionMethod.A192GCM,
          EncryptionMethod.A256GCM,
          EncryptionMethod.A128CBC_HS256,
          EncryptionMethod.A192CBC_HS384,
          EncryptionMethod.A256CBC_HS512);

  private final JWEDecrypter decrypter;
  private final Set<JWEAlgorithm> algorithms;
  private final @Nullable String ownAlgorithm;

  private JweDecryption(
      JWEDecrypter decrypter, Set<JWEAlgorithm> algorithms, @Nullable String ownAlgorithm) {
    this.decrypter = decrypter;
    this.algorithms = algorithms;
    this.ownAlgorithm = ownAlgorithm;
  }

  /**
   * Decryption by the key in this text, PEM or JWK.
   *
   * @throws UnacceptableJoseException when it is no key for that
   */
  public static JweDecryption by(byte[] keyText) throws UnacceptableJoseException {
    OwnKey own = PrivateKeyText.read(keyText);
    require(own.use() == null || own.use().equals("enc"), "the use of the JWK is not enc");
    PrivateKey key = own.key();
    if (key instanceof RSAPrivateKey) {
      return new JweDecryption(new RSADecrypter(key), OF_RSA, own.algorithm());
    }
    if (!(key instanceof ECPrivateKey ec)) {
      throw new UnacceptableJoseException("an Ed25519 key decrypts nothing");
    }
    try {
      return new JweDecryption(new ECDHDecrypter(ec), OF_CURVES, own.algorithm());
    } catch (JOSEException unusable) {
      throw new UnacceptableJoseException("the key cannot be used");
    }
  }

  /**
   * What was encrypted.
   *
   * @param text of a length that the caller has bounded
   */
  public String decrypt(String text) throws UnacceptableJoseException {
    String[] parts = text.split("\\.", -1);
    require(parts.length == PARTS, "not the five parts of a compact JWE");
    JWEHeader header = header(parts[0]);
    try {
      byte[] plain =
          decrypter.decrypt(
              header,
              part(parts[1]),
              part(parts[2]),
              part(parts[3]),
              part(parts[4]),
              AAD.compute(header));
      return new String(plain, US_ASCII);
    } catch (JOSEException | RuntimeException refused) {
      throw new UnacceptableJoseException("it cannot be decrypted with this service's key");
    }
  }

  private JWEHeader header(String encoded) throws UnacceptableJoseException {
    Map<String, Object> members = CompactJws.membersOf(encoded);
    require(!members.containsKey("zip"), "it is compressed");
    require(!members.containsKey("crit"), "crit demands an extension that is not understood");
    JWEHeader header;
    try {
      header = JWEHeader.parse(members, new Base64URL(encoded));
    } catch (ParseException | RuntimeException malformed) {
      throw new UnacceptableJoseException("the header of the JWE is malformed");
    }
    require(
        algorithms.contains(header.getAlgorithm())
            && (ownAlgorithm == null || ownAlgorithm.equals(header.getAlgorithm().getName())),
        "alg of the JWE is not one that is taken for this service's key");
    require(
        METHODS.contains(header.getEncryptionMethod()), "enc of the JWE is not one that is taken");
    return header;
  }

  private static @Nullable Base64URL part(String text) throws UnacceptableJoseException {
    require(Base64Url.decode(text) != null, "a part is not canonical base64url");
    return text.isEmpty() ? null : new Base64URL(text);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "JweDecryption";
  }
}
