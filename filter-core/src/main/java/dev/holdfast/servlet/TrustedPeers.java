package dev.holdfast.servlet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.Sha256Digest;
import dev.holdfast.configuration.ProxySettings.SecretHeader;
import dev.holdfast.configuration.ProxyTrust;
import dev.holdfast.internal.net.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
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
   * @param certificate what it proved in its TLS handshake, or null
   * @param wire the container's own request
   */
  Hop.Standing trust(
      @Nullable IpAddress peer, @Nullable X509Certificate certificate, HttpServletRequest wire) {
    return peer != null
            && trust.networks().contains(peer)
            && hasCertificate(certificate)
            && knowsSecret(wire)
        ? Hop.Standing.TRUSTED
        : Hop.Standing.UNTRUSTED;
  }

  private boolean hasCertificate(@Nullable X509Certificate certificate) {
    if (trust.certificates().isEmpty()) {
      return true;
    }
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
  private boolean knowsSecret(HttpServletRequest wire) {
    SecretHeader header = trust.secretHeader();
    if (header == null || secret == null) {
      return true;
    }
    Enumeration<String> fields = wire.getHeaders(header.name());
    if (fields == null || !fields.hasMoreElements()) {
      return false;
    }
    byte[] sent = fields.nextElement().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sent, secret) && !fields.hasMoreElements();
  }
}
