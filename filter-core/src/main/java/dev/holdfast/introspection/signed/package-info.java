/**
 * Introspection responses that the issuer has signed (RFC 9701), and encrypted to this service.
 *
 * <ol>
 *   <li>the media type is {@code application/token-introspection+jwt}, and nothing else is taken
 *   <li>{@link dev.holdfast.introspection.signed.DecryptionKey} decrypts, where it is configured
 *   <li>{@link dev.holdfast.introspection.signed.ResponseSignatures} checks the signature by the
 *       issuer's keys
 *   <li>{@code typ}, {@code iss}, {@code aud}, {@code iat}: the response is of this issuer, for
 *       this service, and made for this call
 *   <li>{@code token_introspection} alone speaks of the token
 * </ol>
 */
@NullMarked
package dev.holdfast.introspection.signed;

import org.jspecify.annotations.NullMarked;
