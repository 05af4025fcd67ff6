/**
 * HTTP/1.1 to an issuer (RFC 9112) with Apache HttpClient, and what Holdfast adds to it: one
 * absolute deadline, limits, a strict answer, and nothing that was not asked for. Not public API:
 * it changes without notice.
 *
 * <ol>
 *   <li>{@link dev.holdfast.internal.issuer.IssuerUri}: an address that may be asked at all
 *   <li>{@link dev.holdfast.internal.issuer.IssuerHttp}: puts HttpClient together, ends each call
 *       at its {@link dev.holdfast.internal.issuer.Deadline}, and all of them when it is closed
 *   <li>{@link dev.holdfast.internal.issuer.IssuerCall}: the request, and by which route
 *   <li>{@code Exchange}: one call by one route
 *   <li>{@code RequestExecutor}: sends it once, or twice where a kept connection had ended
 *   <li>{@code ConnectionPool}: the connections that are kept
 *   <li>{@code Dialer}: name ({@code Addresses}), connection, TLS; HttpClient speaks to proxies
 *   <li>{@code IssuerConnection}: one exchange at a time. It reads head ({@code AnswerHead}) and
 *       body ({@code AnswerBody}) strictly: an answer that could be understood in two ways is none
 * </ol>
 *
 * <p>No thread-local is used, and no lock is held while a peer is waited for.
 */
@NullMarked
package dev.holdfast.internal.issuer;

import org.jspecify.annotations.NullMarked;
