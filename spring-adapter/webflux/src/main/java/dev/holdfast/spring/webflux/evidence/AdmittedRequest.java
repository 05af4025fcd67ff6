package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.http.LastHop;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;

/**
 * The request as the application may see it: without the header fields in which its peer is not
 * believed, and with the client's certificate in the place of a hop's.
 */
final class AdmittedRequest extends ServerHttpRequestDecorator {
  private final LastHop lastHop;
  private final Supplier<@Nullable X509Certificate> client;
  private final HttpHeaders headers;

  /**
   * The request as that hop shows it.
   *
   * @param client tells the certificate that the client proved to a trusted proxy
   */
  AdmittedRequest(
      ServerHttpRequest request, LastHop lastHop, Supplier<@Nullable X509Certificate> client) {
    super(request);
    this.lastHop = lastHop;
    this.client = client;
    this.headers = shown(request.getHeaders(), lastHop);
  }

  private static HttpHeaders shown(HttpHeaders all, LastHop lastHop) {
    if (all.headerNames().stream().noneMatch(lastHop::hides)) {
      return all;
    }
    HttpHeaders shown = new HttpHeaders();
    all.forEach(
        (name, values) -> {
          if (!lastHop.hides(name)) {
            shown.put(name, values);
          }
        });
    return HttpHeaders.readOnlyHttpHeaders(shown);
  }

  @Override
  public HttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public @Nullable SslInfo getSslInfo() {
    if (!lastHop.hidesTlsCertificate()) {
      return super.getSslInfo();
    }
    X509Certificate certificate = client.get();
    return certificate == null ? null : new OfClient(certificate);
  }

  /** The proxy's own session with this server is nobody's business. */
  private record OfClient(X509Certificate certificate) implements SslInfo {
    @Override
    public @Nullable String getSessionId() {
      return null;
    }

    @Override
    public X509Certificate[] getPeerCertificates() {
      return new X509Certificate[] {certificate};
    }
  }
}
