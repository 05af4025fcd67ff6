/**
 * The client certificate in a header of a trusted proxy: the field of RFC 9440 and every proxy's
 * own format, as a table ({@link dev.holdfast.mtls.header.CertificateHeaderFormat}).
 */
@NullMarked
package dev.holdfast.mtls.header;

import org.jspecify.annotations.NullMarked;
