package dev.holdfast.dpop;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PresentedToken;
import dev.holdfast.internal.JwsSpecimen;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid proof to mutate, down to the JSON text and the signature's bytes. */
public final class ProofSpecimen extends JwsSpecimen<ProofSpecimen> {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String TARGET = "https://api.example/payments";
  static final PresentedToken TOKEN =
      PresentedToken.of(ConfirmationMethod.DPOP.scheme(), "a.bound.token");
  static final KeyPair EC = pair("EC", 256);
  static final KeyPair EC384 = pair("EC", 384);
  static final KeyPair EC521 = pair("EC", 521);
  static final KeyPair RSA = pair("RSA", 2048);
  static final KeyPair ED25519 = pair("Ed25519", 255);

  final Map<String, Object> jwk;

  private ProofSpecimen(String alg, KeyPair key, Map<String, Object> jwk) {
    super(alg, key.getPrivate());
    this.jwk = jwk;
    header.put("typ", "dpop+jwt");
    header.put("alg", alg);
    header.put("jwk", jwk);
    claims.put("jti", "e1j3V_bKic8-LAEB");
    claims.put("htm", "POST");
    claims.put("htu", TARGET);
    claims.put("iat", NOW.getEpochSecond());
    claims.put("ath", TOKEN.digest().toBase64Url());
  }

  static ProofSpecimen es256() {
    return es256(EC);
  }

  static ProofSpecimen es256(KeyPair key) {
    return new ProofSpecimen("ES256", key, ecJwk(Curve.P_256, key));
  }

  static ProofSpecimen of(String alg) {
    return switch (alg) {
      case "ES256" -> es256();
      case "ES384" -> new ProofSpecimen(alg, EC384, ecJwk(Curve.P_384, EC384));
      case "ES512" -> new ProofSpecimen(alg, EC521, ecJwk(Curve.P_521, EC521));
      case "EdDSA", "Ed25519" -> new ProofSpecimen(alg, ED25519, ed25519Jwk(ED25519));
      default -> new ProofSpecimen(alg, RSA, rsaJwk((RSAPublicKey) RSA.getPublic()));
    };
  }

  @Override
  protected ProofSpecimen self() {
    return this;
  }

  /** Changes a member of the key in the header, and only there. */
  ProofSpecimen member(String name, Object value) {
    jwk.put(name, value);
    return this;
  }

  static Map<String, Object> ecJwk(Curve curve, KeyPair key) {
    return new LinkedHashMap<>(
        new ECKey.Builder(curve, (ECPublicKey) key.getPublic()).build().toJSONObject());
  }

  static Map<String, Object> rsaJwk(RSAPublicKey key) {
    return new LinkedHashMap<>(new RSAKey.Builder(key).build().toJSONObject());
  }

  static List<String> algorithms() {
    return List.of(
        "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "PS384", "PS512", "RS256", "RS384",
        "RS512");
  }
}
