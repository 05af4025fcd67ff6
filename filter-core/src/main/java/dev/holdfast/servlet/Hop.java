package dev.holdfast.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about the last hop of one request, once. It is kept with the request; nobody
 * outside this package can make this value.
 */
final class Hop {
  /** Whether the peer is believed. */
  enum Standing {
    /** It meets every condition for a trusted proxy. */
    TRUSTED,
    /** It does not, or who it is cannot be known. */
    UNTRUSTED
  }

  /** Whose certificate the container's TLS layer has. */
  enum TlsCertificate {
    /** The client's own: certificates come from TLS, and the peer is no proxy. */
    OF_CLIENT,
    /** Not the client's: it counts for nothing and is not shown. */
    OF_HOP
  }

  private final ProxyEdge edge;
  private final Standing standing;
  private final TlsCertificate tlsCertificate;
  private boolean read;
  private @Nullable X509Certificate vouchedFor;

  Hop(ProxyEdge edge, Standing standing, TlsCertificate tlsCertificate) {
    this.edge = edge;
    this.standing = standing;
    this.tlsCertificate = tlsCertificate;
  }

  boolean isOf(ProxyEdge other) {
    return edge == other;
  }

  ProxyEdge edge() {
    return edge;
  }

  boolean isTrusted() {
    return standing == Standing.TRUSTED;
  }

  /**
   * The certificate that a trusted proxy vouches for, or null; read when it is first asked for,
   * because most requests need its thumbprint only.
   */
  @Nullable X509Certificate vouchedFor(HttpServletRequest request) {
    if (!read) {
      vouchedFor = edge.vouchedFor(request, this);
      read = true;
    }
    return vouchedFor;
  }

  /** Whether the container's own certificate attribute must not be seen. */
  boolean hidesTlsCertificate() {
    return tlsCertificate == TlsCertificate.OF_HOP;
  }

  @Override
  public String toString() {
    return standing == Standing.TRUSTED ? "trusted proxy" : "no trusted proxy";
  }
}
