package dev.holdfast.mtls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.KeyProof;
import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.Sha256Digest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves the key of the client certificate: the SHA-256 over the DER of the leaf, whatever its
 * dates and its issuer say. Whether the certificate is valid was the TLS handshake's decision.
 *
 * <p>The finished proof is kept for as long as the container keeps the certificate object, which is
 * as long as the TLS session: a request on a known session digests and allocates nothing. Two
 * objects of one certificate are two entries, so no code of the certificate's decides on equality.
 * Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3.1">RFC 8705, section 3.1</a>
 */
public final class ClientCertificateVerifier implements KeyProof {
  private static final long MAX_CERTIFICATES = 131_072; // about 200 bytes each
  private static final Proof UNREADABLE =
      new Proof.Rejected(
          Refusal.BINDING_NOT_PROVEN, "the client certificate has no readable encoding");

  // Maintenance is a few steps without I/O: no reason for another thread.
  private final Cache<X509Certificate, Proof> proofs =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(MAX_CERTIFICATES)
          .executor(Runnable::run)
          .build();

  /** A verifier that knows no certificate yet. */
  public ClientCertificateVerifier() {}

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
    X509Certificate leaf = evidence.clientCertificate();
    if (leaf == null) {
      return Proof.Absent.ABSENT;
    }
    Proof known = proofs.getIfPresent(leaf);
    return known != null ? known : digested(leaf);
  }

  /** A race digests the certificate twice, to the same result; a failure is not kept. */
  private Proof digested(X509Certificate leaf) {
    byte @Nullable [] der;
    try {
      der = leaf.getEncoded();
    } catch (CertificateEncodingException unreadable) {
      return UNREADABLE;
    }
    if (der == null) {
      return UNREADABLE;
    }
    Proof proof =
        new Proof.Proven(new Binding(ConfirmationMethod.CERTIFICATE, Sha256Digest.of(der)));
    proofs.put(leaf, proof);
    return proof;
  }
}
