package dev.holdfast.mtls.encoding;

import dev.holdfast.Sha256Digest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * One X.509 certificate in DER, read from bytes that a client has chosen (RFC 5280 section 4.1).
 *
 * <p>The bytes are one complete SEQUENCE of at most {@link CertificateLimits#MAX_BYTES}, with
 * nothing behind it, and the platform reads the very same bytes out of it again. Neither the
 * signature nor the dates are looked at: they were the TLS handshake's business.
 */
public final class DerCertificate {

  private static final int SEQUENCE = 0x30;
  private static final int LONG_FORM = 0x80;

  private DerCertificate() {}

  /** Reads the certificate; its thumbprint is the digest of {@code der} itself. */
  public static DecodedCertificate read(byte[] der) throws UnreadableCertificateException {
    if (der.length > CertificateLimits.MAX_BYTES) {
      throw new UnreadableCertificateException("the client certificate is too long");
    }
    if (!isOneSequence(der)) {
      throw new UnreadableCertificateException("the client certificate is not one DER sequence");
    }
    X509Certificate certificate = parse(der);
    return new DecodedCertificate(certificate, Sha256Digest.of(der));
  }

  /** Reads one in PEM, percent-encoded, line breaks and all. */
  public static DecodedCertificate ofEscapedPem(String value)
      throws UnreadableCertificateException {
    return read(PemText.one(PercentEncoding.decode(value), PemText.LineBreak.LINE_FEED));
  }

  /** Whatever a provider's parser does with a client's bytes, it ends as a refusal. */
  private static X509Certificate parse(byte[] der) throws UnreadableCertificateException {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (certificate != null && Arrays.equals(certificate.getEncoded(), der)) {
        return certificate;
      }
    } catch (CertificateException | RuntimeException | StackOverflowError malformed) {
      // falls through: which of them it was tells the client nothing that it does not know
    }
    throw new UnreadableCertificateException("the client certificate is not X.509");
  }

  /** A definite length in its shortest form, and exactly that many bytes (X.690 section 10.1). */
  private static boolean isOneSequence(byte[] der) {
    if (der.length < 2 || der[0] != SEQUENCE) {
      return false;
    }
    int first = der[1] & 0xff;
    if (first < LONG_FORM) {
      return der.length == 2 + first;
    }
    int octets = first - LONG_FORM;
    if (octets == 1) {
      int length = der.length > 2 ? der[2] & 0xff : 0;
      return length >= LONG_FORM && der.length == 3 + length;
    }
    if (octets != 2 || der.length < 4) {
      return false; // two octets are enough for CertificateLimits.MAX_BYTES
    }
    int length = (der[2] & 0xff) << 8 | (der[3] & 0xff);
    return length > 0xff && der.length == 4 + length;
  }
}
