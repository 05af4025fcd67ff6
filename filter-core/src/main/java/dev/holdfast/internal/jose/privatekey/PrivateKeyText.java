package dev.holdfast.internal.jose.privatekey;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.holdfast.internal.jose.EllipticCurve;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519, as PKCS #8 in PEM
 * (RFC 7468 section 10) or as one JWK (RFC 7517 section 4).
 */
public final class PrivateKeyText {
  private static final int LEAST_RSA_BITS = 2048;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----");

  /** What makes the key, and what it is for. */
  private static final Set<String> NEEDED =
      Set.of(
          "kty", "kid", "alg", "use", "n", "e", "d", "p", "q", "dp", "dq", "qi", "crv", "x", "y");

  /** All that comes before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410 section 7). */
  private static final byte[] ED25519_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private PrivateKeyText() {}

  /**
   * The key in the text. Certificates and public keys beside it in a PEM file are not looked at.
   *
   * @throws UnacceptableJoseException with the rule that the text breaks
   */
  public static OwnKey read(byte[] content) throws UnacceptableJoseException {
    String text = new String(content, ISO_8859_1);
    OwnKey key = text.stripLeading().startsWith("{") ? ofJwk(content) : ofPem(text);
    require(
        isSound(key.key()),
        "the key is not RSA of 2048 bits or more, P-256, P-384, P-521 or" + " Ed25519");
    return key;
  }

  private static boolean isSound(PrivateKey key) {
    if (key instanceof RSAPrivateKey rsa) {
      return rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
    }
    return key instanceof ECPrivateKey ec
        ? EllipticCurve.of(ec.getParams()) != null
        : key.getAlgorithm().equals("EdDSA") && isEd25519(key);
  }

  private static boolean isEd25519(PrivateKey key) {
    byte @Nullable [] encoded = key.getEncoded();
    return encoded != null && encoded.length == ED25519_PREFIX.length + 32;
  }

  private static OwnKey ofPem(String text) throws UnacceptableJoseException {
    require(BEGIN.matcher(text).results().count() <= 1, "the file has several private keys");
    Matcher part = PEM.matcher(text);
    while (part.find()) {
      String label = part.group(1);
      if (label.equals("PRIVATE KEY")) {
        return new OwnKey(ofPkcs8(part.group(2)), null, null, null);
      }
      require(!label.equals("ENCRYPTED PRIVATE KEY"), "the key is encrypted with a password");
      require(
          !label.endsWith("PRIVATE KEY"),
          "the key is not PKCS #8; openssl pkcs8 -topk8 -nocrypt makes that of it");
    }
    throw new UnacceptableJoseException("the file has no private key in PEM, and is no JWK");
  }

  private static PrivateKey ofPkcs8(String base64) throws UnacceptableJoseException {
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new UnacceptableJoseException("the key is not base64");
    }
    for (String kind : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException another) {
        // the next kind
      }
    }
    throw new UnacceptableJoseException("the key is malformed, or of a kind not taken here");
  }

  private static OwnKey ofJwk(byte[] content) throws UnacceptableJoseException {
    Map<String, Object> members;
    try {
      members = new HashMap<>(StrictJson.parseObject(content));
    } catch (MalformedJsonException malformed) {
      throw new UnacceptableJoseException("the JWK is not one strict JSON object");
    }
    require(!members.containsKey("keys"), "it is a set of keys, and one JWK is taken");
    members.keySet().retainAll(NEEDED);
    members.values().removeIf(Objects::isNull);
    try {
      JWK jwk = JWK.parse(members);
      require(jwk.isPrivate(), "the JWK has no private key");
      return new OwnKey(
          keyOf(jwk),
          jwk.getKeyID(),
          jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName(),
          jwk.getKeyUse() == null ? null : jwk.getKeyUse().getValue());
    } catch (ParseException | JOSEException | RuntimeException malformed) {
      throw new UnacceptableJoseException("the JWK is malformed");
    }
  }

  private static PrivateKey keyOf(JWK jwk) throws JOSEException, UnacceptableJoseException {
    if (jwk instanceof RSAKey rsa) {
      return rsa.toRSAPrivateKey();
    }
    if (jwk instanceof ECKey ec) {
      return ec.toECPrivateKey();
    }
    if (jwk instanceof OctetKeyPair pair && pair.getCurve().getName().equals("Ed25519")) {
      return ofEd25519(pair.getD().decode());
    }
    throw new UnacceptableJoseException("the JWK is not RSA, EC or Ed25519");
  }

  private static PrivateKey ofEd25519(byte[] seed) throws UnacceptableJoseException {
    byte[] encoded = new byte[ED25519_PREFIX.length + seed.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(seed, 0, encoded, ED25519_PREFIX.length, seed.length);
    return ofPkcs8(Base64.getEncoder().encodeToString(encoded));
  }
}
