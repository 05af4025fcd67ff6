/**
 * HTTP/1.1 to an issuer (RFC 9112) with Apache HttpClient, and what Holdfast adds to it: one
 * absolute deadline, limits, a strict answer, and nothing that was not asked for. Not public API:
 * it changes without notice.
 *
 * <ol>
 *   <li>{@link dev.holdfast.internal.issuer.IssuerHttp}: the way in
 *   <li>{@link dev.holdfast.internal.issuer.IssuerCall}: one kind of request, and why it failed
 *   <li>{@code HandedExchanges}: by the {@link dev.holdfast.IssuerClient} of the application
 *   <li>{@code OwnExchanges}: puts HttpClient together, chooses the route, and ends each exchange
 *       at its {@link dev.holdfast.internal.waiting.Deadline}
 *   <li>{@code Exchange}: one exchange by one route
 *   <li>{@code RequestExecutor}: sends a request once, or twice where a kept connection had ended
 *   <li>{@code ConnectionPool}: the connections that are kept
 *   <li>{@code Dialer}: name, connection, TLS; HttpClient speaks to proxies
 *   <li>{@code IssuerConnection}: one exchange at a time. HttpCore reads the answer, after {@code
 *       AnswerLines} and {@code AnswerHead} have seen that it can be understood in one way only
 * </ol>
 *
 * <p>No thread-local is used, and no lock is held while a peer is waited for.
 */
@NullMarked
package dev.holdfast.internal.issuer;

import org.jspecify.annotations.NullMarked;
