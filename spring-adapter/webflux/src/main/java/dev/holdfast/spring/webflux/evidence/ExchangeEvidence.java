package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.http.LastHop;
import dev.holdfast.http.TrustedProxies;
import dev.holdfast.internal.net.IpAddress;
import dev.holdfast.mtls.header.CertificateHeader;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a request says, once it is decided whom to believe. Method and path are the wire's: what a
 * filter in between makes of them decides nothing alone, see {@link #asDispatched()}.
 */
final class ExchangeEvidence implements RequestEvidence {
  private final ServerHttpRequest request;
  private final ReceivedExchange received;
  private final Assembly assembly;
  private final @Nullable LastHop lastHop;

  /** Whose method and path are told. */
  private final View view;

  private enum View {
    WIRE,
    APPLICATION
  }

  ExchangeEvidence(
      ServerHttpRequest request,
      ReceivedExchange received,
      Assembly assembly,
      @Nullable LastHop lastHop) {
    this(request, received, assembly, lastHop, View.WIRE);
  }

  private ExchangeEvidence(
      ServerHttpRequest request,
      ReceivedExchange received,
      Assembly assembly,
      @Nullable LastHop lastHop,
      View view) {
    this.request = request;
    this.received = received;
    this.assembly = assembly;
    this.lastHop = lastHop;
    this.view = view;
  }

  @Override
  public String httpMethod() {
    return view == View.WIRE ? received.method() : request.getMethod().name();
  }

  @Override
  public String path() {
    if (view == View.APPLICATION) {
      boolean isWhole = ForwardedPrefix.IS_GATEWAY && ForwardedPrefix.isIn(request, received);
      return decoded(isWhole ? request.getPath() : request.getPath().pathWithinApplication());
    }
    String context = ForwardedPrefix.basePath(request, received);
    String path = received.path();
    boolean isInside = !context.isEmpty() && path.startsWith(context + '/');
    return decoded(PathContainer.parsePath(isInside ? path.substring(context.length()) : path));
  }

  /** As patterns are compared with it: each segment decoded, without its parameters. */
  private static String decoded(PathContainer path) {
    StringBuilder text = new StringBuilder();
    for (PathContainer.Element element : path.elements()) {
      text.append(
          element instanceof PathContainer.PathSegment segment
              ? segment.valueToMatch()
              : element.value());
    }
    return text.toString();
  }

  @Override
  public String rawPath() {
    return view == View.WIRE
        ? received.path()
        : Objects.requireNonNullElse(request.getURI().getRawPath(), "");
  }

  @Override
  public RequestEvidence asDispatched() {
    if (view == View.APPLICATION) {
      return this;
    }
    ExchangeEvidence dispatched =
        new ExchangeEvidence(request, received, assembly, lastHop, View.APPLICATION);
    return httpMethod().equals(dispatched.httpMethod()) && path().equals(dispatched.path())
        ? this
        : dispatched;
  }

  @Override
  public @Nullable String query() {
    return request.getURI().getRawQuery();
  }

  @Override
  public List<String> headers(String name) {
    return request.getHeaders().getOrEmpty(name);
  }

  @Override
  public @Nullable X509Certificate clientCertificate() {
    if (lastHop == null || !lastHop.hidesTlsCertificate()) {
      return received.peerCertificate();
    }
    CertificateHeader header = assembly.certificateHeader();
    return header == null ? null : header.verified(this);
  }

  @Override
  public boolean fromTrustedProxy() {
    return lastHop != null && lastHop.isTrusted();
  }

  /** As they came over the wire: what something in between added or removed does not count. */
  @Override
  public List<String> proxyHeaders(String name) {
    return fromTrustedProxy() ? received.headers(name) : List.of();
  }

  @Override
  public @Nullable String targetUri() {
    return assembly.targetUri().of(received, fromTrustedProxy());
  }

  /** What forwarding fields make of it counts only where a trusted proxy sent them. */
  @Override
  public @Nullable String remoteAddress() {
    IpAddress peer = received.peer();
    if (peer != null && !fromTrustedProxy()) {
      return TrustedProxies.nameOfPeer(peer);
    }
    InetSocketAddress address = request.getRemoteAddress();
    return address == null
        ? null
        : address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
  }
}
