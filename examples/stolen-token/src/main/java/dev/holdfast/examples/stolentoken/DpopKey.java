package dev.holdfast.examples.stolentoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * A client's key and the proofs that it signs: what a client needs for DPoP beside its HTTP client.
 * The private key stays with the client; each request takes a proof along that is good for this
 * request alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.2">RFC 9449, section 4.2</a>
 */
final class DpopKey {

  private final ECKey signing;
  private final ECKey named;

  private DpopKey(ECKey signing, ECKey named) {
    this.signing = signing;
    this.named = named;
  }

  static DpopKey generate() {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).generate();
      return new DpopKey(key, key.toPublicJWK());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A thief's: signs with this key and names the other one, which everybody may know. */
  DpopKey inTheNameOf(DpopKey other) {
    return new DpopKey(signing, other.named);
  }

  /** The RFC 7638 thumbprint, base64url: what {@code cnf.jkt} of a token for this key says. */
  String thumbprint() {
    try {
      return named.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a request without an access token: one to the token endpoint. */
  String proof(String method, URI uri) {
    return sign(claims(method, uri).build());
  }

  /** For a request with this access token; {@code ath} is its digest. */
  String proof(String method, URI uri, String token) {
    return sign(claims(method, uri).claim("ath", digest(token).toString()).build());
  }

  /** The query is no part of {@code htu}. */
  private static JWTClaimsSet.Builder claims(String method, URI uri) {
    String target = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    return new JWTClaimsSet.Builder()
        .jwtID(UUID.randomUUID().toString())
        .claim("htm", method)
        .claim("htu", target)
        .issueTime(Date.from(Instant.now()));
  }

  private String sign(JWTClaimsSet claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(named)
            .build();
    SignedJWT proof = new SignedJWT(header, claims);
    try {
      proof.sign(new ECDSASigner(signing));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return proof.serialize();
  }

  private static Base64URL digest(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Base64URL.encode(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
