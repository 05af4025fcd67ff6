package dev.holdfast.jwt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JWT that was read but whose signature nobody has checked: nothing in it is true yet. Its claims
 * become an access token in {@link JwtAccessTokenVerifier} alone, after the signature held.
 *
 * @param jws header, signed bytes and signature
 * @param claims the payload, parsed once for routing and for the claim rules
 */
record UnverifiedJwt(CompactJws jws, Map<String, Object> claims) {

  static UnverifiedJwt read(String text) throws UnacceptableJwtException {
    CompactJws jws = CompactJws.read(text);
    return new UnverifiedJwt(jws, jws.claims());
  }

  JoseHeader header() {
    return jws.header();
  }

  /** The issuer it claims to be from, or null. */
  @Nullable String claimedIssuer() {
    return claims.get("iss") instanceof String issuer ? issuer : null;
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "UnverifiedJwt[]";
  }
}
