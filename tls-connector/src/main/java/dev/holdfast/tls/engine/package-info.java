/**
 * A TLS server over Bouncy Castle's low-level API, as an {@link javax.net.ssl.SSLEngine}: TLS 1.2
 * and 1.3, Token Binding negotiated in the handshake (RFC 8472), keying material kept per
 * connection (RFC 8471 section 3.3).
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.engine.NegotiatingTls}: the way in; a context that makes engines
 *   <li>{@code HoldfastSslEngine}: what a container sees; {@code EngineParameters}: what it has set
 *   <li>{@code RecordExchange}: records between its buffers and the protocol, tasks, closing
 *   <li>{@code GcmRecords}: records under AES-GCM, application data without Bouncy Castle's record
 *       layer
 *   <li>{@code ServerProtocol}: Bouncy Castle's protocol, with what it leaves to others
 *   <li>{@code ServerPeer}: what a handshake agrees on; {@code TokenBindingOffer}, {@code
 *       ServerCredentials} and {@code ClientCertificates} decide the parts
 *   <li>{@code ConnectionSession}: what is known of the connection afterwards
 *   <li>{@link dev.holdfast.tls.engine.TlsHandshakes}: what became of all handshakes, in figures
 *       and in the log
 * </ol>
 *
 * <p>What it does not have: renegotiation, compression, early data, session tickets, the client's
 * end, sockets, stapled OCSP responses.
 */
@NullMarked
package dev.holdfast.tls.engine;

import org.jspecify.annotations.NullMarked;
