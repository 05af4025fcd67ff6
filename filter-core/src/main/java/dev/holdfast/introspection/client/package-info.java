/**
 * How this service authenticates to an issuer that it asks: a secret (RFC 6749 section 2.3.1), a
 * JWT that its key signs (RFC 7523 section 2.2), or a certificate (RFC 8705 section 2).
 */
@NullMarked
package dev.holdfast.introspection.client;

import org.jspecify.annotations.NullMarked;
