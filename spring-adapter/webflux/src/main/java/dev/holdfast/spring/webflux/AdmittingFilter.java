package dev.holdfast.spring.webflux;

import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stands before everything else, so that no part of the application sees a header in which its peer
 * is not believed, on paths without a token neither.
 */
final class AdmittingFilter implements WebFilter, Ordered {
  private final EvidenceSource source;

  AdmittingFilter(EvidenceSource source) {
    this.source = source;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return chain.filter(source.admit(exchange));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
