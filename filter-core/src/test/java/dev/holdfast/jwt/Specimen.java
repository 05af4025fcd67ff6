package dev.holdfast.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.PresentedToken;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.JwsSpecimen;
import dev.holdfast.jwt.keys.KeySet;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid access token to mutate, down to the JSON text and the signature's bytes. */
public final class Specimen extends JwsSpecimen<Specimen> {
  public static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "https://api.example";
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final KeyPair RSA = pair("RSA", 2048);
  static final KeyPair EC = pair("EC", 256);
  static final KeyPair EC384 = pair("EC", 384);
  static final KeyPair ED25519 = pair("Ed25519", 255);

  private Specimen(String alg, String kid, PrivateKey key) {
    super(alg, key);
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

  public static Specimen rs256() {
    return new Specimen("RS256", "rsa-1", RSA.getPrivate());
  }

  public static Specimen rs256(PrivateKey other) {
    return new Specimen("RS256", "rsa-1", other);
  }

  public static Specimen ps256() {
    return new Specimen("PS256", "rsa-1", RSA.getPrivate());
  }

  public static Specimen es256() {
    return new Specimen("ES256", "ec-1", EC.getPrivate());
  }

  static Specimen es384() {
    return new Specimen("ES384", "ec-384", EC384.getPrivate());
  }

  public static Specimen eddsa() {
    return new Specimen("EdDSA", "ed-1", ED25519.getPrivate());
  }

  static List<Specimen> ofEachAlgorithm() {
    return List.of(rs256(), ps256(), es256(), es384(), eddsa());
  }

  @Override
  protected Specimen self() {
    return this;
  }

  public PresentedToken presented() {
    return presented(text());
  }

  public static PresentedToken presented(String text) {
    return PresentedToken.of(PresentedToken.Scheme.BEARER, text);
  }

  /** The same token with other signature bytes. */
  static String withSignature(String token, byte[] signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + Base64Url.encode(signature);
  }

  static byte[] signatureOf(String token) {
    return Base64Url.decode(token.substring(token.lastIndexOf('.') + 1));
  }

  public static Map<String, Object> rsaJwk(RSAPublicKey key, String kid) {
    return new LinkedHashMap<>(new RSAKey.Builder(key).keyID(kid).build().toJSONObject());
  }

  public static Map<String, Object> rsaJwk() {
    return rsaJwk((RSAPublicKey) RSA.getPublic(), "rsa-1");
  }

  public static Map<String, Object> ecJwk() {
    return new LinkedHashMap<>(
        new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic())
            .keyID("ec-1")
            .build()
            .toJSONObject());
  }

  public static Map<String, Object> ec384Jwk() {
    return new LinkedHashMap<>(
        new ECKey.Builder(Curve.P_384, (ECPublicKey) EC384.getPublic())
            .keyID("ec-384")
            .build()
            .toJSONObject());
  }

  public static Map<String, Object> ed25519Jwk() {
    Map<String, Object> jwk = ed25519Jwk(ED25519);
    jwk.put("kid", "ed-1");
    return jwk;
  }

  static KeySet allKeys() {
    return keySet(List.of(rsaJwk(), ecJwk(), ec384Jwk(), ed25519Jwk()));
  }

  public static KeySet keySet(List<? extends Object> members) {
    try {
      return KeySet.parse(json(members));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] json(List<? extends Object> members) {
    return JSONObjectUtils.toJSONString(Map.of("keys", members)).getBytes(StandardCharsets.UTF_8);
  }
}
