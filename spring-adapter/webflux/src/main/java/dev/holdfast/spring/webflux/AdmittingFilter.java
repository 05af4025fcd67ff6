package dev.holdfast.spring.webflux;

import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.evidence.MetadataPlace;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import java.nio.charset.StandardCharsets;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stands before everything else, so that no filter and no handler sees a header in which its peer
 * is not believed, on paths without a token neither, and that everybody has an exchange whose
 * session takes no login from a token. It also answers for the resource's metadata (RFC 9728),
 * which needs no token.
 */
final class AdmittingFilter implements WebFilter, PriorityOrdered {
  private final EvidenceSource source;
  private final SessionGuard sessions;
  private final MetadataPlace metadata;

  AdmittingFilter(EvidenceSource source, SessionGuard sessions, MetadataPlace metadata) {
    this.source = source;
    this.sessions = sessions;
    this.metadata = metadata;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    MetadataAnswer answer = metadata.answer(exchange);
    return answer == null
        ? chain.filter(sessions.guard(source.admit(exchange)))
        : write(answer, exchange.getResponse());
  }

  private static Mono<Void> write(MetadataAnswer answer, ServerHttpResponse response) {
    response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
    answer.headers().forEach(response.getHeaders()::set);
    if (answer.body().isEmpty()) {
      return response.setComplete();
    }
    byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
