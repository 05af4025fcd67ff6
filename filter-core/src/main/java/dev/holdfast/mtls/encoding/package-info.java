/**
 * How a certificate is written in a header: PEM, DER, base64, percent-encoding, a byte sequence of
 * structured fields, a digest. Each reader takes what its grammar allows and nothing else. Not
 * public API: it changes without notice.
 */
@NullMarked
package dev.holdfast.mtls.encoding;

import org.jspecify.annotations.NullMarked;
