package dev.holdfast.http;

import dev.holdfast.http.LastHop.TlsCertificate;
import dev.holdfast.http.LastHop.Trust;
import dev.holdfast.internal.net.IpAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the last hop of each request: whether it is a trusted proxy, and what is shown of
 * what it sent. Trust comes from the connection and from the proxy's own credentials; nothing that
 * is forwarded about addresses has a part in it.
 */
public final class TrustedProxies {
  private final TrustedPeers peers;
  private final BelievedHeaders headers;
  private final SilentProxy silent;
  private final boolean clientsProveCertificates;

  /**
   * Proxies that meet these conditions.
   *
   * @param headerNames the headers in which they are believed
   * @param clientsProveCertificates whether the certificate of a connection with anybody else is
   *     its client's; false where certificates come in a header alone
   */
  public TrustedProxies(
      ProxyTrust trust, Collection<String> headerNames, boolean clientsProveCertificates) {
    SecretHeader secret = trust.secretHeader();
    this.peers = new TrustedPeers(trust);
    this.headers = new BelievedHeaders(headerNames, secret == null ? null : secret.name());
    this.silent = new SilentProxy(headers);
    this.clientsProveCertificates = clientsProveCertificates;
  }

  /** Decides about this request's last hop. An edge keeps the answer with the request. */
  public LastHop lastHop(ReceivedRequest request) {
    IpAddress peer = request.peer();
    if (peers.trust(peer, request)) {
      silent.look(request, peer);
      return new LastHop(Trust.TRUSTED, TlsCertificate.OF_HOP, headers, null);
    }
    return new LastHop(
        Trust.UNTRUSTED,
        clientsProveCertificates ? TlsCertificate.OF_CLIENT : TlsCertificate.OF_HOP,
        headers,
        headers.in(request));
  }

  /** How the other end of this request's connection is called in a report. */
  public static String nameOfPeer(@Nullable IpAddress peer) {
    return peer == null ? "unknown" : peer.toString();
  }
}
