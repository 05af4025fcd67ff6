package dev.holdfast.examples.service;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.Sha256Digest;
import dev.holdfast.spring.webflux.HoldfastAttributes;
import java.security.Principal;
import java.security.cert.CertificateEncodingException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tells the upstream of the contract what a filter of the gateway sees of a request. */
public final class ContractView implements GlobalFilter, Ordered {
  static final String IDENTITY = "X-Contract-Identity";
  static final String REMOTE = "X-Contract-Remote";
  static final String CERTIFICATE = "X-Contract-Certificate";

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return exchange
        .getPrincipal()
        .map(Principal::getName)
        .defaultIfEmpty("")
        .flatMap(subject -> chain.filter(withView(exchange, subject)));
  }

  @Override
  public int getOrder() {
    return 0;
  }

  private static ServerWebExchange withView(ServerWebExchange exchange, String subject) {
    ServerHttpRequest request = exchange.getRequest();
    return exchange
        .mutate()
        .request(
            changed ->
                changed.headers(
                    headers -> {
                      headers.set(IDENTITY, identity(exchange, subject));
                      headers.set(REMOTE, request.getRemoteAddress().getAddress().getHostAddress());
                      headers.set(CERTIFICATE, thumbprint(request.getSslInfo()));
                    }))
        .build();
  }

  /** Where the policy is off, Spring Security alone knows the caller. */
  private static String identity(ServerWebExchange exchange, String subject) {
    AccessToken token = exchange.getAttribute(HoldfastAttributes.ACCESS_TOKEN);
    Binding binding = exchange.getAttribute(HoldfastAttributes.BINDING);
    return String.format(
        "{\"subject\":\"%s\",\"issuer\":\"%s\",\"client\":\"%s\",\"binding\":\"%s\",\"thumbprint\":%s}",
        subject,
        token == null ? "" : token.issuer(),
        token == null ? "" : token.clientId(),
        binding == null ? "none" : binding.method().propertyName(),
        binding == null ? "null" : '"' + binding.digest().toBase64Url() + '"');
  }

  private static String thumbprint(SslInfo tls) {
    if (tls == null || tls.getPeerCertificates() == null) {
      return "none";
    }
    try {
      return Sha256Digest.of(tls.getPeerCertificates()[0].getEncoded()).toBase64Url();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
