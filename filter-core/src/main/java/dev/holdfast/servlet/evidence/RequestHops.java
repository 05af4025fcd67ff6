package dev.holdfast.servlet.evidence;

import dev.holdfast.EnforcementListener;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.http.LastHop;
import dev.holdfast.http.TargetUri;
import dev.holdfast.http.TrustedProxies;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.servlet.wire.ConnectionCertificate;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Asks about the last hop of each servlet request once, and keeps the answer with the container's
 * own request. The certificate of a hop that is not the client's is taken away there.
 */
final class RequestHops implements Hop.CertificateReader {
  private final String attribute =
      Hop.class.getName() + '@' + Integer.toHexString(System.identityHashCode(this));
  private final TrustedProxies proxies;
  private final @Nullable CertificateHeader certificateHeader;
  private final EnforcementListener listener;

  private RequestHops(
      TrustedProxies proxies,
      @Nullable CertificateHeader certificateHeader,
      EnforcementListener listener) {
    this.proxies = proxies;
    this.certificateHeader = certificateHeader;
    this.listener = listener;
  }

  /**
   * As these settings say; null where nobody is trusted.
   *
   * @param listener hears of headers that are not believed, after the log
   */
  static @Nullable RequestHops of(Assembly assembly, EnforcementListener listener) {
    TrustedProxies proxies = assembly.trustedProxies();
    return proxies == null
        ? null
        : new RequestHops(proxies, assembly.certificateHeader(), assembly.logging(listener));
  }

  /** What was decided about this request, now or before. */
  Hop of(HttpServletRequest request) {
    ServletRequest wire = WireRequest.below(request);
    if (wire.getAttribute(attribute) instanceof Hop known && known.isOf(this)) {
      return known;
    }
    ConnectionCertificate.of(wire); // keeps it with the request before it is hidden
    WireRequest received = WireRequest.of(request);
    LastHop lastHop = proxies.lastHop(received);
    Hop hop = new Hop(this, lastHop);
    wire.setAttribute(attribute, hop);
    if (lastHop.hidesTlsCertificate()) {
      hideCertificate(wire);
    }
    String header = lastHop.disbelieved();
    if (header != null) {
      listener.disbelieved(
          evidence(WireRequest.httpBelow(request), hop),
          header,
          TrustedProxies.nameOfPeer(received.peer()));
    }
    return hop;
  }

  /** For whoever sees the container's request without the wrapper. Tomcat keeps what is removed. */
  private static void hideCertificate(ServletRequest wire) {
    wire.removeAttribute(ConnectionCertificate.CERTIFICATES);
    if (wire.getAttribute(ConnectionCertificate.CERTIFICATES) != null) {
      wire.setAttribute(ConnectionCertificate.CERTIFICATES, new X509Certificate[0]);
    }
  }

  @Override
  public @Nullable X509Certificate vouchedFor(HttpServletRequest request, Hop hop) {
    return certificateHeader == null ? null : certificateHeader.verified(evidence(request, hop));
  }

  private static RequestEvidence evidence(HttpServletRequest request, Hop hop) {
    return new ServletEvidence(request, hop, null, TargetUri.direct());
  }
}
