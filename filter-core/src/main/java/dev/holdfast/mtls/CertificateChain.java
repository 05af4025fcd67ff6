package dev.holdfast.mtls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The chain that a client sent in the handshake, its own certificate first, each one issued by the
 * next (RFC 5246 section 7.4.2).
 *
 * <p>The order is checked by the names only. It makes sure that the first one is the leaf: two
 * certificates that some proxy has joined are not taken for a chain.
 */
final class CertificateChain {
  static final int MAX_CERTIFICATES = 10;
  private static final char SEPARATOR = ',';

  private CertificateChain() {}

  /** The first certificate of a chain. */
  static DecodedCertificate leaf(List<byte[]> chain) throws UnreadableCertificateException {
    DecodedCertificate leaf = DerCertificate.read(chain.get(0));
    X509Certificate issued = Objects.requireNonNull(leaf.certificate());
    for (byte[] der : chain.subList(1, chain.size())) {
      DecodedCertificate next = DerCertificate.read(der);
      X509Certificate issuer = Objects.requireNonNull(next.certificate());
      if (next.thumbprint().equals(leaf.thumbprint())
          || !issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
        throw new UnreadableCertificateException("the certificates are not one chain, leaf first");
      }
      issued = issuer;
    }
    return leaf;
  }

  /** The first certificate of a comma-separated chain, each in base64, without white space. */
  static DecodedCertificate leafOfBase64(String value) throws UnreadableCertificateException {
    List<byte[]> chain = new ArrayList<>();
    int start = 0;
    while (start <= value.length()) {
      if (chain.size() == MAX_CERTIFICATES) {
        throw new UnreadableCertificateException("the certificate chain is too long");
      }
      int comma = value.indexOf(SEPARATOR, start);
      int end = comma < 0 ? value.length() : comma;
      chain.add(StrictBase64.decode(value.substring(start, end)));
      start = end + 1;
    }
    return leaf(chain);
  }
}
