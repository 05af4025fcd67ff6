package dev.holdfast.servlet;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.Assembly;
import dev.holdfast.configuration.CertificateSettings;
import dev.holdfast.configuration.HoldfastSettings;
import dev.holdfast.configuration.ProxySettings;
import dev.holdfast.configuration.TokenBindingSettings;
import dev.holdfast.internal.net.IpAddress;
import dev.holdfast.mtls.CertificateHeader;
import dev.holdfast.mtls.ForwardedCertificate;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the last hop of each request, once: whether it is a trusted proxy, and what is
 * shown of what it sent. Trust comes from the connection and from the proxy's own credentials;
 * nothing that is forwarded about addresses has a part in it.
 */
final class ProxyEdge {
  private static final List<String> TOKEN_BINDING_HEADERS =
      List.of(
          "Sec-Provided-Token-Binding-ID",
          "Sec-Referred-Token-Binding-ID",
          "Sec-Other-Token-Binding-ID");

  private final String attribute =
      Hop.class.getName() + '@' + Integer.toHexString(System.identityHashCode(this));
  private final TrustedPeers peers;
  private final BelievedHeaders headers;
  private final SilentProxy silent;
  private final CertificateSettings.Source certificateSource;
  private final @Nullable CertificateHeader certificateHeader;
  private final EnforcementListener listener;

  private ProxyEdge(
      TrustedPeers peers,
      BelievedHeaders headers,
      CertificateSettings.Source certificateSource,
      @Nullable CertificateHeader certificateHeader,
      EnforcementListener listener) {
    this.peers = peers;
    this.headers = headers;
    this.silent = new SilentProxy(headers);
    this.certificateSource = certificateSource;
    this.certificateHeader = certificateHeader;
    this.listener = listener;
  }

  static ProxyEdge of(Assembly assembly, EnforcementListener listener) {
    HoldfastSettings settings = assembly.settings();
    Set<String> names = new LinkedHashSet<>();
    CertificateHeader certificateHeader = assembly.certificateHeader();
    if (certificateHeader != null) {
      names.addAll(certificateHeader.headerNames());
    }
    if (settings.tokenBinding().source() == TokenBindingSettings.Source.HEADER) {
      names.addAll(TOKEN_BINDING_HEADERS);
    }
    names.addAll(RequestUri.of(settings.proxies()).headerNames());
    ProxySettings.SecretHeader secret = assembly.proxyTrust().secretHeader();
    return new ProxyEdge(
        new TrustedPeers(assembly.proxyTrust()),
        new BelievedHeaders(names, secret == null ? null : secret.name()),
        settings.certificate().source(),
        certificateHeader,
        listener);
  }

  BelievedHeaders headers() {
    return headers;
  }

  HttpServletRequest admit(HttpServletRequest request) {
    return AdmittedRequest.of(request, hop(request));
  }

  /** What was decided about this request, now or before. */
  Hop hop(HttpServletRequest request) {
    ServletRequest wire = ConnectionPeer.wire(request);
    if (wire.getAttribute(attribute) instanceof Hop known && known.isOf(this)) {
      return known;
    }
    HttpServletRequest http = wire instanceof HttpServletRequest own ? own : request;
    IpAddress peer = ConnectionPeer.of(wire);
    X509Certificate tls = ConnectionCertificate.of(wire);
    Hop hop = hop(peers.trust(peer, tls, http));
    wire.setAttribute(attribute, hop);
    if (hop.hidesTlsCertificate()) {
      hideCertificate(wire);
    }
    if (hop.isTrusted()) {
      silent.look(http, peer);
    } else {
      report(http, hop, peer == null ? "unknown" : peer.toString());
    }
    return hop;
  }

  /** For whoever sees the container's request without the wrapper. Tomcat keeps what is removed. */
  private static void hideCertificate(ServletRequest wire) {
    wire.removeAttribute(ServletEvidence.CERTIFICATES);
    if (wire.getAttribute(ServletEvidence.CERTIFICATES) != null) {
      wire.setAttribute(ServletEvidence.CERTIFICATES, new X509Certificate[0]);
    }
  }

  private Hop hop(Hop.Standing standing) {
    boolean ofClient =
        standing == Hop.Standing.UNTRUSTED
            && certificateSource != CertificateSettings.Source.HEADER;
    return new Hop(
        this, standing, ofClient ? Hop.TlsCertificate.OF_CLIENT : Hop.TlsCertificate.OF_HOP);
  }

  private void report(HttpServletRequest wire, Hop hop, String peer) {
    String header = headers.in(wire);
    if (header != null) {
      listener.disbelieved(new ServletEvidence(wire, hop, null, RequestUri.direct()), header, peer);
    }
  }

  /** One that nobody verified has names which are the client's own words: it is not shown. */
  @Nullable X509Certificate vouchedFor(HttpServletRequest request, Hop hop) {
    return certificateHeader != null
            && certificateHeader.read(new ServletEvidence(request, hop, null, RequestUri.direct()))
                instanceof ForwardedCertificate.Certificate forwarded
            && forwarded.standing() == ForwardedCertificate.Standing.VERIFIED
        ? forwarded.certificate()
        : null;
  }
}
