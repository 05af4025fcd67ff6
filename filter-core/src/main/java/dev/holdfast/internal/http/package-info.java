/**
 * HTTP/1.1 to an issuer (RFC 9112), within limits: small, blocking, on kept sockets. Not public
 * API: it changes without notice.
 *
 * <ol>
 *   <li>{@link dev.holdfast.internal.http.IssuerUri}: an address that may be asked at all
 *   <li>{@link dev.holdfast.internal.http.IssuerHttp}: trust, deadline and limits; makes calls
 *   <li>{@link dev.holdfast.internal.http.IssuerCall}: the head made once ({@code
 *       RequestTemplate}), a connection that is kept ({@code IdleConnections}), or a new one
 *   <li>{@code Dialer}: proxy, name ({@code Addresses}), connection, TLS
 *   <li>{@code Connection}: one exchange at a time, over a {@code DeadlineSocket} on which no read
 *       and no write outlasts the {@link dev.holdfast.internal.http.Deadline}
 *   <li>{@code ResponseReader}: status line, fields ({@code ResponseHead}) and body, read strictly:
 *       an answer that could be understood in two ways is none
 * </ol>
 *
 * <p>No lock is held and no thread-local is used. A virtual thread is never pinned.
 */
@NullMarked
package dev.holdfast.internal.http;

import org.jspecify.annotations.NullMarked;
