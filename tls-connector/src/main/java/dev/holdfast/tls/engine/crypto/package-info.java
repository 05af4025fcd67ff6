/**
 * Which algorithms this server speaks, and the JVM's providers that do them.
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.engine.crypto.JvmPolicy}: what {@code jdk.tls.disabledAlgorithms}
 *       rules out for all TLS of this JVM; {@code JvmHello} reads it from the JVM's own ClientHello
 *   <li>{@link dev.holdfast.tls.engine.crypto.ServerVersion}, {@link
 *       dev.holdfast.tls.engine.crypto.ServerCipherSuite}, {@link
 *       dev.holdfast.tls.engine.crypto.ServerGroup} and {@link
 *       dev.holdfast.tls.engine.crypto.ServerSignatureScheme}: what is spoken, one line each.
 *       {@code ServerCurve} tells the curve of a key
 *   <li>{@link dev.holdfast.tls.engine.crypto.ConnectorCrypto}: Bouncy Castle's way to the JVM's
 *       providers. {@code PeerAgreement} and {@code ResumedSecret} are what it makes differently
 * </ol>
 *
 * <p>To speak another algorithm, add a constant to its enum. This room uses no other room of the
 * engine.
 *
 * <p>Not public API: what is public here is so for the other rooms of the engine, and changes
 * without notice.
 */
@NullMarked
package dev.holdfast.tls.engine.crypto;

import org.jspecify.annotations.NullMarked;
