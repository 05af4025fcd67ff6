/**
 * JOSE, in one place: a compact JWS read strictly, a public key by its JWK (read by Nimbus), the
 * algorithms by name, the curves, and the check of a signature by the fastest provider that is
 * there. Token Binding's signatures are checked here too: they are those of RS256, PS256 and ES256.
 *
 * <p>Which keys and which algorithms count is for those who ask: key sets of issuers take what they
 * publish, proofs take one spelling alone. Not public API: it changes without notice.
 */
@NullMarked
package dev.holdfast.internal.jose;

import org.jspecify.annotations.NullMarked;
