/**
 * Access tokens that are JWTs, verified by their issuer's published keys (RFC 9068, RFC 7515, RFC
 * 8725).
 *
 * <ol>
 *   <li>{@link dev.holdfast.jwt.IssuerRouter} picks the issuer by the token's unverified {@code
 *       iss}
 *   <li>{@link dev.holdfast.jwt.JwtAccessTokenVerifier} reads the compact serialisation strictly,
 *       checks header, signature and claims, in this order
 *   <li>the keys come from the issuer's key set, found by discovery (RFC 8414, OpenID Connect
 *       Discovery) or at the configured address; they are fetched without blocking, one exchange at
 *       a time, at a bounded rate, and outlive a short outage of the issuer
 * </ol>
 *
 * <p>Nothing in a token's header makes Holdfast fetch anything: {@code jku}, {@code x5u}, {@code
 * jwk} and {@code x5c} are ignored.
 */
@NullMarked
package dev.holdfast.jwt;

import org.jspecify.annotations.NullMarked;
