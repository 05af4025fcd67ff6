package dev.holdfast.mtls.header;

import dev.holdfast.mtls.encoding.ByteSequence;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Client-Cert-Chain}: a list of byte sequences that never stands without {@code Client-Cert}
 * and never repeats the leaf (RFC 9440 section 2.3). Nothing is taken from it, and it is never
 * missed: a resumed session may have lost it. An empty field is an empty list (RFC 8941 section
 * 4.2), which is how some products say that there are no intermediates.
 */
final class ClientCertChain {
  static final String NAME = "Client-Cert-Chain";

  private ClientCertChain() {}

  /**
   * Checks the list, which may be spread over several fields (RFC 8941 section 3.1).
   *
   * @param leaf the value of {@code Client-Cert}, or null when there is none
   */
  static void check(List<String> fields, @Nullable String leaf)
      throws UnreadableCertificateException {
    if (fields.stream().allMatch(String::isBlank)) {
      return;
    }
    if (leaf == null) {
      throw new UnreadableCertificateException("a certificate chain without a certificate");
    }
    int left = CertificateField.MAX_CHARACTERS;
    for (String field : fields) {
      left -= field.length();
      if (left < 0) {
        throw new UnreadableCertificateException("the certificate chain is too long");
      }
      if (field.isBlank()) {
        continue;
      }
      for (String member : field.split(",", -1)) {
        String certificate = member.strip();
        ByteSequence.decode(certificate);
        if (certificate.equals(leaf)) { // both canonical: one spelling for each certificate
          throw new UnreadableCertificateException("the certificate chain repeats the leaf");
        }
      }
    }
  }
}
