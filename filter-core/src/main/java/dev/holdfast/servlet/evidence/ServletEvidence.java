package dev.holdfast.servlet.evidence;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.RequestEvidence;
import dev.holdfast.http.TargetUri;
import dev.holdfast.servlet.exporter.KeyingMaterialSource;
import dev.holdfast.servlet.wire.ConnectionCertificate;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a servlet request, read when it is asked for. It trusts the container's TLS layer
 * and no header, but for what an {@link EvidenceSource} found out about the request's last hop.
 *
 * <p>Method and target are the wire's: what a filter in between makes of them (a method in a form
 * field, a rewritten path) decides nothing alone, see {@link #asDispatched()}.
 */
public final class ServletEvidence implements RequestEvidence {
  private final HttpServletRequest request;
  private final HttpServletRequest wire;
  private final HttpServletRequest pathOf;
  private final boolean included;
  private final boolean dispatched; // the method and the path are those that the application sees
  private final @Nullable Hop hop;
  private final @Nullable KeyingMaterialSource keyingMaterial;
  private final TargetUri targetUri;

  ServletEvidence(
      HttpServletRequest request,
      @Nullable Hop hop,
      @Nullable KeyingMaterialSource keyingMaterial,
      TargetUri targetUri) {
    this.request = request;
    this.wire = WireRequest.httpBelow(request);
    this.hop = hop;
    this.keyingMaterial = keyingMaterial;
    this.targetUri = targetUri;
    DispatcherType type = request.getDispatcherType();
    this.included = type == DispatcherType.INCLUDE;
    this.dispatched = false;
    this.pathOf = type == DispatcherType.REQUEST ? wire : request; // others go where a server says
  }

  /** The same facts with the method and the path that the application sees. */
  private ServletEvidence(ServletEvidence received) {
    this.request = received.request;
    this.wire = received.wire;
    this.hop = received.hop;
    this.keyingMaterial = received.keyingMaterial;
    this.targetUri = received.targetUri;
    this.included = received.included;
    this.dispatched = true;
    this.pathOf = received.request;
  }

  /**
   * The evidence in {@code request}. Within an include the paths are those of the included
   * resource, for it is the one that is protected. No proxy is trusted, and no keying material is
   * known: an {@link EvidenceSource} reads those.
   */
  public static RequestEvidence of(HttpServletRequest request) {
    return new ServletEvidence(request, null, null, TargetUri.direct());
  }

  @Override
  public String httpMethod() {
    return methodOf().getMethod();
  }

  private HttpServletRequest methodOf() {
    return dispatched ? request : wire;
  }

  @Override
  public RequestEvidence asDispatched() {
    return hasPassedUnchanged() ? this : new ServletEvidence(this);
  }

  private boolean hasPassedUnchanged() {
    return request == methodOf()
        || (Objects.equals(request.getMethod(), methodOf().getMethod())
            && (request == pathOf
                || (Objects.equals(request.getRequestURI(), pathOf.getRequestURI())
                    && Objects.equals(request.getServletPath(), pathOf.getServletPath())
                    && Objects.equals(request.getPathInfo(), pathOf.getPathInfo()))));
  }

  @Override
  public String path() {
    String servletPath =
        included ? attribute(RequestDispatcher.INCLUDE_SERVLET_PATH) : pathOf.getServletPath();
    String pathInfo =
        included ? attribute(RequestDispatcher.INCLUDE_PATH_INFO) : pathOf.getPathInfo();
    if (pathInfo == null) {
      return servletPath == null ? "" : servletPath;
    }
    return servletPath == null || servletPath.isEmpty() ? pathInfo : servletPath + pathInfo;
  }

  @Override
  public String rawPath() {
    String uri =
        included ? attribute(RequestDispatcher.INCLUDE_REQUEST_URI) : pathOf.getRequestURI();
    return uri == null ? "" : uri;
  }

  private @Nullable String attribute(String name) {
    return (String) request.getAttribute(name);
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public List<String> headers(String name) {
    return WireRequest.values(request.getHeaders(name));
  }

  /**
   * The first of the container's chain: the one whose key the client proved; or the one that a
   * trusted proxy vouches for.
   */
  @Override
  public @Nullable X509Certificate clientCertificate() {
    return hop == null || !hop.lastHop().hidesTlsCertificate()
        ? ConnectionCertificate.leaf(request)
        : hop.vouchedFor(request);
  }

  @Override
  public @Nullable ExportedKeyingMaterial exportedKeyingMaterial() {
    return keyingMaterial == null ? null : keyingMaterial.of(request);
  }

  @Override
  public boolean fromTrustedProxy() {
    return hop != null && hop.lastHop().isTrusted();
  }

  /** As they came over the wire: what a filter in between added or removed does not count. */
  @Override
  public List<String> proxyHeaders(String name) {
    return fromTrustedProxy() ? WireRequest.values(wire.getHeaders(name)) : List.of();
  }

  @Override
  public @Nullable String targetUri() {
    return targetUri.of(WireRequest.of(request), fromTrustedProxy());
  }

  /** The container's own word: what a filter made of forwarding headers does not count. */
  @Override
  public @Nullable String remoteAddress() {
    return WireRequest.below(request).getRemoteAddr();
  }
}
