package dev.holdfast.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.PresentedToken;
import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid access token to mutate, down to the JSON text and the signature's bytes. */
final class Specimen {
  static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "https://api.example";
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final KeyPair RSA = pair("RSA", 2048);
  static final KeyPair EC = pair("secp256r1");
  static final KeyPair EC384 = pair("secp384r1");
  static final KeyPair ED25519 = pair("Ed25519", 255);

  final Map<String, Object> header = new LinkedHashMap<>();
  final Map<String, Object> claims = new LinkedHashMap<>();
  private final String signatureAlgorithm;
  private final PrivateKey key;

  private Specimen(String alg, String kid, String signatureAlgorithm, PrivateKey key) {
    this.signatureAlgorithm = signatureAlgorithm;
    this.key = key;
    header.put("alg", alg);
    header.put("typ", "at+jwt");
    header.put("kid", kid);
    claims.put("iss", ISSUER);
    claims.put("sub", "alice");
    claims.put("client_id", "payments-app");
    claims.put("aud", AUDIENCE);
    claims.put("scope", "accounts payments");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.getEpochSecond() + 300);
  }

  static Specimen rs256() {
    return new Specimen("RS256", "rsa-1", "SHA256withRSA", RSA.getPrivate());
  }

  static Specimen rs256(PrivateKey other) {
    return new Specimen("RS256", "rsa-1", "SHA256withRSA", other);
  }

  static Specimen ps256() {
    return new Specimen("PS256", "rsa-1", "RSASSA-PSS", RSA.getPrivate());
  }

  static Specimen es256() {
    return new Specimen("ES256", "ec-1", "SHA256withECDSAinP1363Format", EC.getPrivate());
  }

  static Specimen es384() {
    return new Specimen("ES384", "ec-384", "SHA384withECDSAinP1363Format", EC384.getPrivate());
  }

  static Specimen eddsa() {
    return new Specimen("EdDSA", "ed-1", "Ed25519", ED25519.getPrivate());
  }

  static List<Specimen> ofEachAlgorithm() {
    return List.of(rs256(), ps256(), es256(), es384(), eddsa());
  }

  Specimen header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  Specimen withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  Specimen claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  Specimen withoutClaim(String name) {
    claims.remove(name);
    return this;
  }

  /** The token's text. */
  String text() {
    return text(JSONObjectUtils.toJSONString(header), JSONObjectUtils.toJSONString(claims));
  }

  /** A token over exactly these texts, well signed. */
  String text(String headerJson, String payloadJson) {
    String signed = part(headerJson) + "." + part(payloadJson);
    return signed + "." + Base64Url.encode(signatureOver(signed));
  }

  PresentedToken presented() {
    return presented(text());
  }

  static PresentedToken presented(String text) {
    return PresentedToken.of(PresentedToken.Scheme.BEARER, text);
  }

  byte[] signatureOver(String signed) {
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm);
      if (signatureAlgorithm.equals("RSASSA-PSS")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The same token with other signature bytes. */
  static String withSignature(String token, byte[] signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + Base64Url.encode(signature);
  }

  static byte[] signatureOf(String token) {
    return Base64Url.decode(token.substring(token.lastIndexOf('.') + 1));
  }

  static Map<String, Object> rsaJwk(RSAPublicKey key, String kid) {
    return new LinkedHashMap<>(new RSAKey.Builder(key).keyID(kid).build().toJSONObject());
  }

  static Map<String, Object> rsaJwk() {
    return rsaJwk((RSAPublicKey) RSA.getPublic(), "rsa-1");
  }

  static Map<String, Object> ecJwk() {
    return new LinkedHashMap<>(
        new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic())
            .keyID("ec-1")
            .build()
            .toJSONObject());
  }

  static Map<String, Object> ec384Jwk() {
    return new LinkedHashMap<>(
        new ECKey.Builder(Curve.P_384, (ECPublicKey) EC384.getPublic())
            .keyID("ec-384")
            .build()
            .toJSONObject());
  }

  static Map<String, Object> ed25519Jwk() {
    byte[] encoded = ED25519.getPublic().getEncoded();
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "OKP");
    jwk.put("crv", "Ed25519");
    jwk.put("kid", "ed-1");
    jwk.put(
        "x", Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    return jwk;
  }

  static KeySet allKeys() {
    return keySet(List.of(rsaJwk(), ecJwk(), ec384Jwk(), ed25519Jwk()));
  }

  static KeySet keySet(List<? extends Object> members) {
    try {
      return KeySet.parse(json(members));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] json(List<? extends Object> members) {
    return JSONObjectUtils.toJSONString(Map.of("keys", members)).getBytes(StandardCharsets.UTF_8);
  }

  static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(String curve) {
    if (!curve.startsWith("secp")) {
      throw new IllegalArgumentException(curve);
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
