/**
 * A Spring Authorization Server for the examples: client credentials over mutual TLS (RFC 8705).
 *
 * <p>Start it with {@link dev.holdfast.examples.authorizationserver.AuthorizationServer}. It issues
 * self-contained (RFC 9068) and opaque access tokens, bound to the client's certificate for the
 * clients that authenticate with one, and answers introspection (RFC 7662) for both.
 */
@NullMarked
package dev.holdfast.examples.authorizationserver;

import org.jspecify.annotations.NullMarked;
