/**
 * The kernel: one request's way from evidence to a decision, as values.
 *
 * <p><b>A confirmation demands keys; the caller proves keys; the request passes when every demanded
 * key is proven.</b> {@code tbh}, {@code x5t#S256} and {@code jkt} each name a key by a SHA-256
 * digest, so one value, {@link dev.holdfast.Binding}, stands on both sides.
 *
 * <ol>
 *   <li>{@link dev.holdfast.RequestEvidence}: the raw facts of the request
 *   <li>{@link dev.holdfast.PresentedToken}: the one credential in it
 *   <li>{@link dev.holdfast.ProofVerifier}: what each mechanism makes of the evidence
 *   <li>{@link dev.holdfast.AccessTokenVerifier}: what the issuer says of the token
 *   <li>{@link dev.holdfast.Confirmation} and {@link dev.holdfast.policy.BindingPolicy}: what must
 *       be proven here
 *   <li>{@link dev.holdfast.BindingEnforcer}: the order of these steps, and the {@link
 *       dev.holdfast.Decision}
 * </ol>
 */
@NullMarked
package dev.holdfast;

import org.jspecify.annotations.NullMarked;
