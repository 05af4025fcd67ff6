/**
 * Certificate-bound access tokens (RFC 8705): the key is the one that the client proved in the TLS
 * handshake, named by the SHA-256 of its certificate.
 */
@NullMarked
package dev.holdfast.mtls;

import org.jspecify.annotations.NullMarked;
