package dev.holdfast.examples.gateway;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR;

import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service behind the gateway learns of the client: the certificate that it proved to the
 * gateway, in {@code Client-Cert} (RFC 9440), the path that it called, in {@code X-Original-URI},
 * and nothing that it wrote into such headers itself.
 */
@Component
final class ClientHeaders implements HttpHeadersFilter, Ordered {
  /** Where a service may read a certificate, a connection's TLS, a Token Binding or the target. */
  private static final Pattern BELIEVED =
      Pattern.compile(
          "client.?cert|ssl.(client|cert)|cert.verified|token.binding.id|original.(uri|url|path)"
              + "|proxy.(auth.cert|ssl.id)|proxied.https",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TOKEN_BINDING =
      Pattern.compile("sec-(provided|referred|other)-token-binding-id", Pattern.CASE_INSENSITIVE);

  private final boolean tokenBindingComesInHeaders;

  /**
   * For this gateway.
   *
   * @param tokenBinding where it learns of Token Bindings itself: from the headers of a proxy in
   *     front of it, Holdfast shows only what that proxy sent
   */
  ClientHeaders(@Value("${holdfast.token-binding.source:none}") String tokenBinding) {
    this.tokenBindingComesInHeaders = tokenBinding.equals("header");
  }

  @Override
  public HttpHeaders filter(HttpHeaders sent, ServerWebExchange exchange) {
    HttpHeaders passedOn = new HttpHeaders();
    sent.forEach(
        (name, values) -> {
          if (isPassedOn(name)) {
            passedOn.addAll(name, values);
          }
        });
    X509Certificate certificate = certificate(exchange.getRequest().getSslInfo());
    if (certificate != null) {
      passedOn.set("Client-Cert", byteSequence(certificate));
    }
    passedOn.set("X-Original-URI", calledPath(exchange));
    return passedOn;
  }

  /** As the client wrote it, before a filter of the route changed it. */
  private static String calledPath(ServerWebExchange exchange) {
    Set<URI> before = exchange.getAttribute(GATEWAY_ORIGINAL_REQUEST_URL_ATTR);
    return before == null || before.isEmpty()
        ? exchange.getRequest().getURI().getRawPath()
        : before.iterator().next().getRawPath();
  }

  private boolean isPassedOn(String name) {
    return !BELIEVED.matcher(name).find()
        || (tokenBindingComesInHeaders && TOKEN_BINDING.matcher(name).matches());
  }

  /** The client's own: Holdfast shows that of no proxy. */
  private static @Nullable X509Certificate certificate(@Nullable SslInfo tls) {
    X509Certificate[] chain = tls == null ? null : tls.getPeerCertificates();
    return chain == null || chain.length == 0 ? null : chain[0];
  }

  private static String byteSequence(X509Certificate certificate) {
    try {
      return ':' + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ':';
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of TLS has no encoding", e);
    }
  }

  /** Behind all others: nothing that runs later adds such a header, or takes this one away. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
