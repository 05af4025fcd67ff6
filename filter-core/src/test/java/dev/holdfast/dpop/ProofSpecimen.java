package dev.holdfast.dpop;

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
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid proof to mutate, down to the JSON text and the signature's bytes. */
final class ProofSpecimen {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String TARGET = "https://api.example/payments";
  static final PresentedToken TOKEN =
      PresentedToken.of(PresentedToken.Scheme.DPOP, "a.bound.token");
  static final KeyPair EC = pair("EC", 256);
  static final KeyPair EC384 = pair("EC", 384);
  static final KeyPair EC521 = pair("EC", 521);
  static final KeyPair RSA = pair("RSA", 2048);
  static final KeyPair ED25519 = pair("Ed25519", 255);

  final Map<String, Object> header = new LinkedHashMap<>();
  final Map<String, Object> claims = new LinkedHashMap<>();
  final Map<String, Object> jwk;
  private final String alg;
  private final KeyPair key;

  private ProofSpecimen(String alg, KeyPair key, Map<String, Object> jwk) {
    this.alg = alg;
    this.key = key;
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
      case "EdDSA", "Ed25519" -> new ProofSpecimen(alg, ED25519, ed25519Jwk());
      default -> new ProofSpecimen(alg, RSA, rsaJwk((RSAPublicKey) RSA.getPublic()));
    };
  }

  ProofSpecimen header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  ProofSpecimen withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  ProofSpecimen claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  ProofSpecimen withoutClaim(String name) {
    claims.remove(name);
    return this;
  }

  /** Changes a member of the key in the header, and only there. */
  ProofSpecimen member(String name, Object value) {
    jwk.put(name, value);
    return this;
  }

  /** The proof's text. */
  String text() {
    return text(JSONObjectUtils.toJSONString(header), JSONObjectUtils.toJSONString(claims));
  }

  /** A proof over exactly these texts, well signed. */
  String text(String headerJson, String claimsJson) {
    String signed = part(headerJson) + "." + part(claimsJson);
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
      signature.initSign(key.getPrivate());
      signature.update(signed);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  static Map<String, Object> ecJwk(Curve curve, KeyPair key) {
    return new LinkedHashMap<>(
        new ECKey.Builder(curve, (ECPublicKey) key.getPublic()).build().toJSONObject());
  }

  static Map<String, Object> rsaJwk(RSAPublicKey key) {
    return new LinkedHashMap<>(new RSAKey.Builder(key).build().toJSONObject());
  }

  private static Map<String, Object> ed25519Jwk() {
    byte[] encoded = ED25519.getPublic().getEncoded();
    return new LinkedHashMap<>(
        Map.of(
            "kty",
            "OKP",
            "crv",
            "Ed25519",
            "x",
            Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))));
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

  static List<String> algorithms() {
    return List.of(
        "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "PS384", "PS512", "RS256", "RS384",
        "RS512");
  }
}
