package dev.holdfast.mtls;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.KeyProof;
import dev.holdfast.Proof;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.mtls.header.CertificateHeader;
import java.util.List;
import java.util.Map;

/**
 * Proves the key of the certificate that a trusted proxy forwards, as {@link
 * ClientCertificateVerifier} does for a connection that ends here: the SHA-256 over the DER of the
 * leaf.
 *
 * <p>A header that cannot be believed rejects the request even when its token is bound to something
 * else or to nothing: either the proxy is set up wrongly, or somebody gets past it. The certificate
 * of the connection itself, which is the proxy's own, is never looked at. Safe for use by many
 * threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3">RFC 8705, section 3</a>
 */
public final class HeaderCertificateVerifier implements KeyProof {
  private final CertificateHeader header;

  /** A verifier for certificates in that header. */
  public HeaderCertificateVerifier(CertificateHeader header) {
    this.header = header;
  }

  @Override
  public ConfirmationMethod method() {
    return ConfirmationMethod.CERTIFICATE;
  }

  @Override
  public Map<String, Object> metadata(List<Requirement> requirements) {
    return Map.of("tls_client_certificate_bound_access_tokens", true);
  }

  @Override
  public Proof prove(RequestEvidence evidence) {
    return header.prove(evidence);
  }
}
