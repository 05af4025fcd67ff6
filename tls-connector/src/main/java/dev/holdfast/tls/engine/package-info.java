/**
 * A TLS server over Bouncy Castle's low-level API, as an {@link javax.net.ssl.SSLEngine}: TLS 1.2
 * and 1.3, Token Binding negotiated in the handshake (RFC 8472), keying material kept per
 * connection (RFC 8471 section 3.3).
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.engine.NegotiatingTls}: the way in; a context that makes engines.
 *       {@link dev.holdfast.tls.engine.TokenBindingProvider} offers it by a provider's name
 *   <li>{@code ServerContext} makes a {@code HoldfastSslEngine}, which is what a container sees
 *   <li>{@code Connection}: its state, and the ways from state to state
 *   <li>{@code ConnectionState}: what is answered in each of seven states, on one page
 *   <li>{@code RecordExchange}: what the states do with records. {@code HandshakeBudget} counts
 *       what they cost, and {@code EarlyData} is passed over
 *   <li>{@link dev.holdfast.tls.engine.TlsHandshakes}: what became of all handshakes, in figures
 *       and in the log
 * </ol>
 *
 * <p>Each of the rooms below uses only those that stand after it:
 *
 * <ul>
 *   <li>{@link dev.holdfast.tls.engine.handshake}: what client and server agree on
 *   <li>{@link dev.holdfast.tls.engine.record}: records, and Bouncy Castle's protocol
 *   <li>{@link dev.holdfast.tls.engine.session}: what is left when a handshake has ended
 *   <li>{@link dev.holdfast.tls.engine.crypto}: which algorithms are spoken, and who does them
 * </ul>
 *
 * <p>What it does not have: renegotiation, compression, early data, session tickets, the client's
 * end, sockets, stapled OCSP responses.
 */
@NullMarked
package dev.holdfast.tls.engine;

import org.jspecify.annotations.NullMarked;
