package dev.holdfast.httpserver;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.http.LastHop;
import dev.holdfast.http.TrustedProxies;
import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.http.metadata.ResourceMetadata;
import dev.holdfast.mtls.header.CertificateHeader;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a request of the JDK's HTTP server says, once it is decided whom to believe. */
final class ExchangeEvidence implements RequestEvidence {
  private final HttpExchange exchange;
  private final ReceivedExchange received;
  private final Assembly assembly;
  private final @Nullable LastHop lastHop;

  ExchangeEvidence(HttpExchange exchange, Assembly assembly) {
    this.exchange = exchange;
    this.received = new ReceivedExchange(exchange);
    this.assembly = assembly;
    TrustedProxies proxies = assembly.trustedProxies();
    this.lastHop = proxies == null ? null : proxies.lastHop(received);
  }

  /** Whether the application must not see this header of this peer. */
  boolean hides(String header) {
    return lastHop != null && lastHop.hides(header);
  }

  /** A header in which only a trusted proxy is believed, and which another peer sent; or null. */
  @Nullable String disbelieved() {
    return lastHop == null ? null : lastHop.disbelieved();
  }

  /** What the request gets that asks for the resource's metadata; null for every other one. */
  @Nullable MetadataAnswer answer(ResourceMetadata metadata) {
    return metadata.answer(httpMethod(), received, fromTrustedProxy(), "");
  }

  /** Where the resource's metadata is; null where nobody knows the resource's name. */
  @Nullable String address(ResourceMetadata metadata) {
    return metadata.address(received, fromTrustedProxy(), "");
  }

  String peer() {
    return TrustedProxies.nameOfPeer(received.peer());
  }

  @Override
  public String httpMethod() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    return Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
  }

  @Override
  public String rawPath() {
    return Objects.requireNonNullElse(received.path(), "");
  }

  @Override
  public @Nullable String query() {
    return exchange.getRequestURI().getRawQuery();
  }

  @Override
  public List<String> headers(String name) {
    return received.headers(name);
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

  @Override
  public @Nullable String targetUri() {
    return assembly.targetUri().of(received, fromTrustedProxy());
  }

  @Override
  public String remoteAddress() {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }
}
