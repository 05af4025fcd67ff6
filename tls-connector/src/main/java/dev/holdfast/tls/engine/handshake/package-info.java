/**
 * What client and server agree on.
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.engine.handshake.EngineParameters}: what a container has set on an
 *       engine; {@link dev.holdfast.tls.engine.handshake.ServerSettings}: what all engines of a
 *       context share, {@link dev.holdfast.tls.engine.handshake.Limits} among it
 *   <li>{@link dev.holdfast.tls.engine.handshake.Handshake}: hands both to the handshake, and says
 *       how far it has come
 *   <li>{@link dev.holdfast.tls.engine.handshake.ServerPeer}: Bouncy Castle asks it for each
 *       decision. {@code TokenBindingOffer}, {@code ServerCredentials}, {@code ClientCertificates},
 *       {@code RequestedNames} and {@code HelloExtensions} decide the parts
 *   <li>{@link dev.holdfast.tls.engine.handshake.ConnectionCrypto}: makes the ciphers that were
 *       agreed on
 * </ol>
 *
 * <p>It uses the rooms {@code record}, {@code session} and {@code crypto}.
 *
 * <p>Not public API: what is public here is so for the other rooms of the engine, and changes
 * without notice.
 */
@NullMarked
package dev.holdfast.tls.engine.handshake;

import org.jspecify.annotations.NullMarked;
