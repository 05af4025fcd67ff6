package dev.holdfast.http;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about the last hop of one request. Made by {@link TrustedProxies#lastHop}.
 *
 * @param trust whether the peer of the connection is believed
 * @param tlsCertificate whose certificate the connection's TLS layer has
 * @param headers those in which only a trusted proxy is believed
 * @param disbelieved the first of these headers that an untrusted peer sent, for a report; null
 *     when there is none
 */
public record LastHop(
    Trust trust,
    TlsCertificate tlsCertificate,
    BelievedHeaders headers,
    @Nullable String disbelieved) {

  /** Whether the peer is believed. */
  public enum Trust {
    /** It meets every condition for a trusted proxy. */
    TRUSTED,
    /** It does not, or who it is cannot be known. */
    UNTRUSTED
  }

  /** Whose certificate the connection's TLS layer has. */
  public enum TlsCertificate {
    /** The client's own: certificates come from TLS, and the peer is no proxy. */
    OF_CLIENT,
    /** Not the client's: it counts for nothing and is not shown. */
    OF_HOP
  }

  /** Whether the peer is a trusted proxy. */
  public boolean isTrusted() {
    return trust == Trust.TRUSTED;
  }

  /** Whether the certificate of the connection must not be seen. */
  public boolean hidesTlsCertificate() {
    return tlsCertificate == TlsCertificate.OF_HOP;
  }

  /** Whether the application must not see this header of that peer. */
  public boolean hides(String headerName) {
    return headers.hides(headerName, isTrusted());
  }

  @Override
  public String toString() {
    return isTrusted() ? "trusted proxy" : "no trusted proxy";
  }
}
