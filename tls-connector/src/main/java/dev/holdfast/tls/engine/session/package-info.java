/**
 * What is left of a handshake when it has ended.
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.engine.session.ConnectionSession}: what a container, and Token
 *       Binding, may know of a connection. Each connection has one of its own
 *   <li>{@link dev.holdfast.tls.engine.session.ResumableSessions}: the TLS sessions that later
 *       connections can resume. A {@link dev.holdfast.tls.engine.session.ResumableSession} has no
 *       keying material: each connection exports its own
 *   <li>{@link dev.holdfast.tls.engine.session.HandshakeFigures}: counters of all handshakes, and
 *       their lines in the log
 * </ol>
 *
 * <p>It uses the room {@code crypto}, for the names of algorithms.
 *
 * <p>Not public API: what is public here is so for the other rooms of the engine, and changes
 * without notice.
 */
@NullMarked
package dev.holdfast.tls.engine.session;

import org.jspecify.annotations.NullMarked;
