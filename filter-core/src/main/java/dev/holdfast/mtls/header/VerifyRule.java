package dev.holdfast.mtls.header;

import dev.holdfast.RequestEvidence;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import dev.holdfast.mtls.header.CertificateHeaderOptions.Unverified;
import dev.holdfast.mtls.header.ForwardedCertificate.Standing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy must say beside a certificate.
 *
 * @param name the verify header, or null when there is none
 * @param value what it says when the proxy verified the certificate
 * @param secondName a header that must say {@code secondValue} in any case, or null
 */
record VerifyRule(
    @Nullable String name,
    @Nullable String value,
    @Nullable String secondName,
    @Nullable String secondValue,
    Unverified unverified) {
  /** What nginx, Apache and Azure say; and what Apache says where there is no TLS. */
  private static final Set<String> NO_CERTIFICATE = Set.of("NONE", "(null)");

  static VerifyRule of(CertificateHeaderOptions options) {
    CertificateHeaderFormat.Verify own = options.format().verify();
    String name = options.verifyName() != null ? options.verifyName() : own.name();
    String value = options.verifyValue() != null ? options.verifyValue() : own.value();
    // The second header makes up for a value that does not say enough; another value may.
    boolean second = value != null && value.equals(own.value());
    return new VerifyRule(
        name,
        value,
        second ? own.secondName() : null,
        second ? own.secondValue() : null,
        options.unverified());
  }

  /** The standing of a certificate that is there. */
  Standing check(RequestEvidence evidence, Standing own) throws UnreadableCertificateException {
    if (name == null) {
      return unverified == Unverified.ACCEPT ? Standing.UNVERIFIED : own;
    }
    String said = only(evidence, name);
    if (secondName != null && !only(evidence, secondName).equals(secondValue)) {
      throw new UnreadableCertificateException("the proxy says that no certificate was used");
    }
    if (said.equals(value)) {
      return Standing.VERIFIED;
    }
    // A certificate that the proxy knows nothing of is not one that it failed to verify.
    if (unverified == Unverified.ACCEPT && !said.isBlank() && !NO_CERTIFICATE.contains(said)) {
      return Standing.UNVERIFIED;
    }
    throw new UnreadableCertificateException("the proxy did not verify the client certificate");
  }

  private static String only(RequestEvidence evidence, String header)
      throws UnreadableCertificateException {
    List<String> values = evidence.proxyHeaders(header);
    if (values.size() != 1) {
      throw new UnreadableCertificateException(
          values.isEmpty()
              ? "the verify header is missing beside the client certificate"
              : "more than one verify header");
    }
    return values.get(0);
  }
}
