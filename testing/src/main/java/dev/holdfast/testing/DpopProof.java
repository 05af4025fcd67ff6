package dev.holdfast.testing;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A DPoP proof to be signed; what is not changed is as RFC 9449 wants it. */
public final class DpopProof {
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private DpopKey signer;

  DpopProof(DpopKey key, String method, String uri, String token) {
    this.signer = key;
    header.put("typ", "dpop+jwt");
    header.put("alg", "ES256");
    header.put("jwk", key.jwk().toPublicJWK().toJSONObject());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", uri);
    claims.put("iat", System.currentTimeMillis() / 1000);
    claims.put("ath", digest(token));
  }

  private static String digest(String token) {
    try {
      return Base64URL.encode(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)))
          .toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a header parameter; null removes it. */
  public DpopProof header(String name, @Nullable Object value) {
    put(header, name, value);
    return this;
  }

  /** Sets a claim; null removes it. */
  public DpopProof claim(String name, @Nullable Object value) {
    put(claims, name, value);
    return this;
  }

  /** Moves {@code iat}. */
  public DpopProof madeSecondsAgo(long seconds) {
    return claim("iat", System.currentTimeMillis() / 1000 - seconds);
  }

  /** Puts the private key into {@code jwk}. */
  public DpopProof withPrivateKey() {
    return header("jwk", signer.jwk().toJSONObject());
  }

  /** Signs with another key than the one in {@code jwk}. */
  public DpopProof signedBy(DpopKey other) {
    signer = other;
    return this;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
  }

  /** The compact form. */
  public String sign() {
    String signed = part(header) + '.' + part(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(signer.jwk().toECPrivateKey());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException | com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(Map<String, Object> members) {
    return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
  }
}
