/**
 * Token Binding (RFC 8471, RFC 8473): a client signs, for each TLS connection, what only this
 * connection has, and is known by the key it signs with.
 *
 * <p>Three layers, each usable without the one above it:
 *
 * <ol>
 *   <li>The message: {@link dev.holdfast.tokenbinding.message.TokenBindingMessage} is read
 *       strictly, {@link dev.holdfast.tokenbinding.message.TokenBindingMessageVerifier} holds it
 *       against a connection's keying material, {@link
 *       dev.holdfast.tokenbinding.message.VerifiedTokenBindings} is what is proven.
 *   <li>The request: {@link dev.holdfast.tokenbinding.TokenBindings} finds the message, or what a
 *       trusted proxy says of it, in the evidence, and verifies it once for each connection.
 *   <li>Tokens: {@link dev.holdfast.tokenbinding.TokenBindingVerifier} for access tokens, {@link
 *       dev.holdfast.tokenbinding.IdTokenBindingVerifier} for ID tokens at a relying party.
 * </ol>
 *
 * <pre>{@code
 * TokenBindingMessage message = TokenBindingMessage.parseField(request.getHeader("Sec-Token-Binding"));
 * VerifiedTokenBindings verified =
 *     new TokenBindingMessageVerifier(UnknownTypes.SKIP).verify(message, keyingMaterial);
 * String tbh = verified.provided().tbh();
 * }</pre>
 *
 * <p>What is not negotiated proves nothing; what is refused refuses every bound token of its
 * request; one key has one ID. The TLS layer's side, negotiation and export, is not here: it comes
 * in as {@link dev.holdfast.ExportedKeyingMaterial}.
 */
@NullMarked
package dev.holdfast.tokenbinding;

import org.jspecify.annotations.NullMarked;
