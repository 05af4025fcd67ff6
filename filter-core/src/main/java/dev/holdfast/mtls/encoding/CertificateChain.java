package dev.holdfast.mtls.encoding;

import java.util.ArrayList;
import java.util.List;

/**
 * The certificates that a client sent in the handshake, its own first (RFC 8446 section 4.4.2).
 *
 * <p>Each one is read as strictly as the first. Whether they issued one another is not looked at:
 * TLS 1.3 lets a client send more than its chain, and nothing is taken from them.
 */
public final class CertificateChain {
  private static final char SEPARATOR = ',';

  private CertificateChain() {}

  /** The first certificate of a chain. */
  public static DecodedCertificate leaf(List<byte[]> chain) throws UnreadableCertificateException {
    DecodedCertificate leaf = DerCertificate.read(chain.get(0));
    for (byte[] der : chain.subList(1, chain.size())) {
      if (DerCertificate.read(der).thumbprint().equals(leaf.thumbprint())) {
        throw new UnreadableCertificateException("the certificate chain repeats the leaf");
      }
    }
    return leaf;
  }

  /** The first certificate of a comma-separated chain, each in base64, without white space. */
  public static DecodedCertificate leafOfBase64(String value)
      throws UnreadableCertificateException {
    List<byte[]> chain = new ArrayList<>();
    int start = 0;
    while (start <= value.length()) {
      if (chain.size() == CertificateLimits.MAX_CERTIFICATES) {
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
