/**
 * DPoP (RFC 9449): with every request the caller signs a proof for this method, this URI and this
 * token, and the key is named by its RFC 7638 thumbprint.
 *
 * <ol>
 *   <li>one {@code DPoP} field, one compact JWS, read strictly and bounded
 *   <li>header: {@code typ}, an allowed {@code alg}, a sound public {@code jwk}
 *   <li>claims: {@code htm} and {@code htu} name this request, {@code iat} is inside the window,
 *       {@code ath} names this token
 *   <li>the signature, after all that is cheap
 *   <li>last, when the token is good and bound to this key: the nonce where one is demanded, and
 *       the proof is spent in the {@link dev.holdfast.ReplayGuard}
 * </ol>
 *
 * <p>{@link dev.holdfast.dpop.replay.LocalReplayGuard} remembers in this process alone: nodes that
 * share tokens need a shared one, and after a restart a proof that is still inside its window could
 * be used once more, unless nonces are demanded with a secret that is random for each process.
 */
@NullMarked
package dev.holdfast.dpop;

import org.jspecify.annotations.NullMarked;
