/**
 * Asks the issuer about a token at its introspection endpoint (RFC 7662).
 *
 * <ol>
 *   <li>{@link dev.holdfast.introspection.IntrospectionEndpoint}: whom to ask, as whom, and what to
 *       expect
 *   <li>{@code IntrospectionRequests}: the form and the client's authentication ({@code
 *       dev.holdfast.introspection.client})
 *   <li>{@code CallGuard}: at most so many calls at a time, none to an endpoint that keeps failing
 *       ({@code CircuitBreaker}) by what Holdfast's own {@code Probe} sees, and no retry
 *   <li>{@code IntrospectionResponse}: the answer, read strictly; what is not clearly an answer is
 *       an outage, never a statement about the token
 *   <li>{@link dev.holdfast.introspection.IntrospectingVerifier}: the order of these steps, the
 *       claims and the confirmation
 * </ol>
 *
 * <p>Nothing here remembers a token: see {@code dev.holdfast.cache}.
 */
@NullMarked
package dev.holdfast.introspection;

import org.jspecify.annotations.NullMarked;
