/**
 * Certificate-bound access tokens (RFC 8705): the key is the one that the client proved in the TLS
 * handshake, named by the SHA-256 of its certificate.
 *
 * <p>Where the connection ends here, {@link dev.holdfast.mtls.ClientCertificateVerifier} takes the
 * certificate from it. Behind a proxy that ends TLS, {@link
 * dev.holdfast.mtls.HeaderCertificateVerifier} takes it from the headers of trusted peers, in one
 * of the formats of {@link dev.holdfast.mtls.header.CertificateHeaderFormat}.
 */
@NullMarked
package dev.holdfast.mtls;

import org.jspecify.annotations.NullMarked;
