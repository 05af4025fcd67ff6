package dev.holdfast.internal;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A valid compact JWS to mutate, down to the JSON text and the signature's bytes; the JDK alone
 * signs it.
 *
 * @param <S> the specimen itself
 */
public abstract class JwsSpecimen<S extends JwsSpecimen<S>> {
  /** The protected header. */
  public final Map<String, Object> header = new LinkedHashMap<>();

  /** The payload. */
  public final Map<String, Object> claims = new LinkedHashMap<>();

  private final String alg;
  private final PrivateKey key;

  /**
   * An empty specimen.
   *
   * @param alg the algorithm that signs it, whatever the header comes to say
   */
  protected JwsSpecimen(String alg, PrivateKey key) {
    this.alg = alg;
    this.key = key;
  }

  /** This specimen, as what it is. */
  protected abstract S self();

  /** With a member of the header. */
  public final S header(String name, Object value) {
    header.put(name, value);
    return self();
  }

  /** Without a member of the header. */
  public final S withoutHeader(String name) {
    header.remove(name);
    return self();
  }

  /** With a claim. */
  public final S claim(String name, Object value) {
    claims.put(name, value);
    return self();
  }

  /** Without a claim. */
  public final S withoutClaim(String name) {
    claims.remove(name);
    return self();
  }

  /** The compact serialization. */
  public final String text() {
    return text(JSONObjectUtils.toJSONString(header), JSONObjectUtils.toJSONString(claims));
  }

  /** The same with a claim whose value is exactly this text of JSON. */
  public final String textWith(String claim, String json) {
    claims.remove(claim);
    String others = JSONObjectUtils.toJSONString(claims).substring(1);
    return text(JSONObjectUtils.toJSONString(header), "{\"" + claim + "\":" + json + "," + others);
  }

  /** One over exactly these texts, well signed. */
  public final String text(String headerJson, String payloadJson) {
    String signed = part(headerJson) + "." + part(payloadJson);
    return signed + "." + Base64Url.encode(sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private byte[] sign(byte[] signed) {
    try {
      String digits = alg.substring(2);
      Signature signature =
          Signature.getInstance(
              switch (alg.substring(0, 2)) {
                case "ES" -> "SHA" + digits + "withECDSAinP1363Format";
                case "RS" -> "SHA" + digits + "withRSA";
                case "PS" -> "RSASSA-PSS";
                default -> "Ed25519";
              });
      if (alg.startsWith("PS")) {
        int bits = Integer.parseInt(digits);
        signature.setParameter(
            new PSSParameterSpec(
                "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1));
      }
      signature.initSign(key);
      signature.update(signed);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One part of the serialization. */
  public static String part(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A new key: {@code RSA}, {@code EC} or {@code Ed25519}, of that many bits. */
  public static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An RSA key of somebody else, always the same one: to make one takes long. */
  public static KeyPair stranger() {
    return Stranger.RSA;
  }

  private static final class Stranger {
    static final KeyPair RSA = pair("RSA", 2048);
  }

  /** The public key as a JWK (RFC 8037). */
  protected static Map<String, Object> ed25519Jwk(KeyPair key) {
    byte[] encoded = key.getPublic().getEncoded();
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "OKP");
    jwk.put("crv", "Ed25519");
    jwk.put(
        "x", Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    return jwk;
  }
}
