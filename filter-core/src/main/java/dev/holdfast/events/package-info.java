/**
 * Revoked tokens: what security events and operators have ended before its time.
 *
 * <ol>
 *   <li>{@link dev.holdfast.events.TokenMark} is what one can tell a token by: its subject, its
 *       session, its client, its {@code jti} and the like, each of one issuer
 *   <li>{@link dev.holdfast.events.RevocationStore} remembers marks, each with a moment: what was
 *       issued up to it is revoked. {@link dev.holdfast.events.LocalRevocations} does so within
 *       bounds, on this node alone; it keeps a {@link dev.holdfast.events.DigestedMark} of each
 *   <li>{@link dev.holdfast.events.TokenEviction} revokes: it has a mark remembered first and then
 *       evicts what a cache holds, so that nothing is let in again in between
 *   <li>{@link dev.holdfast.events.RevocationScreen} looks at each JWT that an issuer vouches for,
 *       when it is verified and not when a cache answers
 * </ol>
 *
 * <p>{@code message} reads security event tokens (RFC 8417) and logout tokens, {@code receiver}
 * takes them over HTTP (RFC 8935), {@code poll} asks for them (RFC 8936), and {@code shared} is a
 * store for several nodes. Nothing lives longer because of an event: a token that is not revoked
 * here is judged as if there were none.
 */
@NullMarked
package dev.holdfast.events;

import org.jspecify.annotations.NullMarked;
