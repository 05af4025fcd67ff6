package dev.holdfast.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is a trusted proxy: whoever meets every condition that is set. */
final class TrustedPeers {
  private static final long MAX_CERTIFICATES = 10_000;

  private final ProxyTrust trust;
  private final byte @Nullable [] secret;

  /** Whether a certificate is one of the proxies', for as long as its TLS session lives. */
  private final Cache<X509Certificate, Boolean> certificates =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(MAX_CERTIFICATES)
          .executor(Runnable::run)
          .build();

  TrustedPeers(ProxyTrust trust) {
    SecretHeader header = trust.secretHeader();
    this.trust = trust;
    this.secret = header == null ? null : header.value().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Whether this peer is believed.
   *
   * @param peer the socket's other end; null when it has no address or none is known
   */
  boolean trust(@Nullable IpAddress peer, ReceivedRequest request) {
    return peer != null
        && trust.networks().contains(peer)
        && hasCertificate(request)
        && knowsSecret(request);
  }

  private boolean hasCertificate(ReceivedRequest request) {
    if (trust.certificates().isEmpty()) {
      return true;
    }
    X509Certificate certificate = request.peerCertificate();
    return certificate != null && Boolean.TRUE.equals(certificates.get(certificate, this::isNamed));
  }

  private boolean isNamed(X509Certificate certificate) {
    try {
      return trust.certificates().contains(Sha256Digest.of(certificate.getEncoded()));
    } catch (CertificateEncodingException unreadable) {
      return false;
    }
  }

  /** Exactly one field, compared in a time that does not depend on where it differs. */
  private boolean knowsSecret(ReceivedRequest request) {
    SecretHeader header = trust.secretHeader();
    if (header == null || secret == null) {
      return true;
    }
    List<String> fields = request.headers(header.name());
    if (fields.isEmpty()) {
      return false;
    }
    byte[] sent = fields.get(0).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sent, secret) && fields.size() == 1;
  }
}
