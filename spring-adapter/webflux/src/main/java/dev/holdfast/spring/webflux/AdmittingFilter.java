package dev.holdfast.spring.webflux;

import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stands before everything else, so that no filter and no handler sees a header in which its peer
 * is not believed, on paths without a token neither, and that everybody has an exchange whose
 * session takes no login from a token.
 */
final class AdmittingFilter implements WebFilter, PriorityOrdered {
  private final EvidenceSource source;
  private final SessionGuard sessions;

  AdmittingFilter(EvidenceSource source, SessionGuard sessions) {
    this.source = source;
    this.sessions = sessions;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return chain.filter(sessions.guard(source.admit(exchange)));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
