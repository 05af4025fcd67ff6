package dev.holdfast.jwt;

import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JWT that was read but whose signature nobody has checked: nothing in it is true yet. Its claims
 * become an access token in {@link JwtAccessTokenVerifier} alone, after the signature held.
 *
 * @param jws signed bytes and signature
 * @param header the header, parsed once
 * @param claims the payload, parsed once for routing and for the claim rules
 */
record UnverifiedJwt(CompactJws jws, JoseHeader header, Map<String, Object> claims) {

  static UnverifiedJwt read(String text) throws UnacceptableJoseException {
    CompactJws jws = CompactJws.read(text);
    return new UnverifiedJwt(jws, jws.header(), jws.claims());
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
