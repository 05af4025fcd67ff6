package dev.holdfast.servlet.evidence;

import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.http.TargetUri;
import dev.holdfast.servlet.exporter.ExporterServices;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.servlet.exporter.KeyingMaterialSource;
import dev.holdfast.servlet.registration.HeaderValves;
import dev.holdfast.servlet.wire.CertificateWatch;
import dev.holdfast.servlet.wire.ConnectionPeer;
import dev.holdfast.servlet.wire.WireRequest;
import dev.holdfast.tokenbinding.TokenBindings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where the evidence of servlet requests comes from, as the settings say: the container's TLS
 * layer, or the headers of a trusted proxy. It decides whom to believe, and it shows the
 * application no more than it believes itself.
 *
 * <p>Where no proxy is trusted, a request is handed on untouched and its evidence reads the
 * container alone.
 */
public final class EvidenceSource {
  private static final EvidenceSource CONTAINER =
      new EvidenceSource(HeaderValves.Reliance.CLIENTS, null, null, null, TargetUri.direct(), null);

  private final HeaderValves.Reliance reliance;
  private final @Nullable RequestHops hops;
  private final @Nullable KeyingMaterialSource keyingMaterial;
  private final @Nullable TokenBindings tokenBindings;
  private final TargetUri targetUri;

  /** Null where certificates are not the container's. */
  private final @Nullable CertificateWatch certificates;

  private EvidenceSource(
      HeaderValves.Reliance reliance,
      @Nullable RequestHops hops,
      @Nullable KeyingMaterialSource keyingMaterial,
      @Nullable TokenBindings tokenBindings,
      TargetUri targetUri,
      @Nullable CertificateWatch certificates) {
    this.reliance = reliance;
    this.hops = hops;
    this.keyingMaterial = keyingMaterial;
    this.tokenBindings = tokenBindings;
    this.targetUri = targetUri;
    this.certificates = certificates;
  }

  /** Certificates of the container's TLS layer, and nothing else: every setting's default. */
  public static EvidenceSource ofContainer() {
    return CONTAINER;
  }

  /**
   * What these settings name.
   *
   * @param listener hears of headers that are not believed, after the log
   */
  public static EvidenceSource of(Assembly assembly, EnforcementListener listener) {
    TokenBindingSettings tokenBinding = assembly.settings().tokenBinding();
    return new EvidenceSource(
        HeaderValves.Reliance.of(assembly.settings()),
        RequestHops.of(assembly, listener),
        tokenBinding.source() == TokenBindingSettings.TokenBindingSource.TLS
            ? KeyingMaterialSource.of(tokenBinding)
            : null,
        assembly.tokenBindings(),
        assembly.targetUri(),
        assembly.settings().certificate().source() == CertificateSettings.CertificateSource.TLS
            ? new CertificateWatch()
            : null);
  }

  /**
   * Refuses a context whose certificates are not the TLS layer's where they must be: those of
   * clients, or of proxies. Says in one line when proxies are trusted and this container does not
   * show who is at the other end of a connection, and when Token Binding is to come from the TLS
   * layer and no connector can be found. This project's filters do so when they start; whoever uses
   * the source without them has to.
   *
   * @throws dev.holdfast.configuration.InvalidSettingException when Tomcat's SSLValve is found
   */
  public void check(@Nullable ServletContext context) {
    HeaderValves.refuse(context, reliance);
    if (hops != null && context != null) {
      ConnectionPeer.announce(context);
    }
    if (keyingMaterial != null) {
      keyingMaterial.announce();
    }
  }

  /**
   * Whether anything that {@code loader} finds could know a connection's keying material: an
   * implementation of {@code KeyingMaterialExporter}, of this copy of Holdfast or another.
   *
   * @throws dev.holdfast.configuration.InvalidSettingException when one is named and cannot be used
   */
  public static boolean hasKeyingMaterial(ClassLoader loader) {
    return !ExporterServices.found(loader).isEmpty();
  }

  /** Whether some peers are trusted proxies, so that requests have to be admitted. */
  public boolean knowsProxies() {
    return hops != null;
  }

  /**
   * The request as everybody behind this point may see it. A header in which only a trusted proxy
   * is believed is gone when another peer sent it, and the certificate that a trusted proxy vouches
   * for is the attribute {@code jakarta.servlet.request.X509Certificate}; the proxy's own never is.
   * Once a request is admitted, it is the same on later calls.
   */
  public HttpServletRequest admit(HttpServletRequest request) {
    return hops == null ? request : AdmittedRequest.of(request, hops.of(request));
  }

  /** The evidence in {@code request}, admitted or not. */
  public RequestEvidence evidence(HttpServletRequest request) {
    if (certificates != null) {
      certificates.look(request);
    }
    return new ServletEvidence(
        request, hops == null ? null : hops.of(request), keyingMaterial, targetUri);
  }

  /**
   * Whether the client's request came over TLS: to this server, or to whatever the operator has set
   * up to end TLS before it. A trusted proxy's configured forwarding says so (RFC 7239 section 5.4,
   * or {@code X-Forwarded-Proto}), or an {@code https} base in {@code proxies.external-uri}; where
   * proxies are trusted, that base counts for their requests only. What the client alone says does
   * not count (RFC 9110 section 7.4).
   */
  public boolean isSecure(HttpServletRequest request) {
    boolean trusted = isFromTrustedProxy(request);
    WireRequest received = WireRequest.of(request);
    Boolean said = targetUri.isHttps(received, trusted, hops != null);
    return said == null ? request.isSecure() && received.scheme() != null : said;
  }

  /** Whether the request's last hop is a trusted proxy. */
  public boolean isFromTrustedProxy(HttpServletRequest request) {
    return hops != null && hops.of(request).lastHop().isTrusted();
  }

  /**
   * Leaves on an allowed request what the application may know: {@link HoldfastAttributes}.
   *
   * @param evidence what was decided about
   */
  public void expose(
      HttpServletRequest request, RequestEvidence evidence, Decision.Allowed allowed) {
    request.setAttribute(HoldfastAttributes.ACCESS_TOKEN, allowed.token());
    request.setAttribute(HoldfastAttributes.BINDING, allowed.binding()); // null removes it
    if (tokenBindings != null) {
      request.setAttribute(
          HoldfastAttributes.REFERRED_TOKEN_BINDING_ID,
          ReferredTokenBinding.of(tokenBindings, evidence));
    }
  }
}
