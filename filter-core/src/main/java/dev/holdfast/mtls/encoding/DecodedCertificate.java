package dev.holdfast.mtls.encoding;

import dev.holdfast.Sha256Digest;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What one header value says.
 *
 * @param certificate the leaf, or null where the proxy sends a digest only
 * @param thumbprint the SHA-256 over the leaf's DER
 */
public record DecodedCertificate(@Nullable X509Certificate certificate, Sha256Digest thumbprint) {}
