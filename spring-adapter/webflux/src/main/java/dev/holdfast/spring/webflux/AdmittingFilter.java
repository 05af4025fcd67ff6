package dev.holdfast.spring.webflux;

import dev.holdfast.events.receiver.EventAnswer;
import dev.holdfast.http.ForwardedAuthority;
import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.spring.webflux.evidence.DecidedTarget;
import dev.holdfast.spring.webflux.evidence.EventPlace;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.evidence.MetadataPlace;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
 * session takes no login from a token. It refuses what a forwarded host has moved to another path,
 * answers for the resource's metadata (RFC 9728) and takes security events (RFC 8935), which need
 * no token.
 */
final class AdmittingFilter implements WebFilter, PriorityOrdered {
  private static final String TEXT = "text/plain;charset=US-ASCII";

  private final EvidenceSource source;
  private final SessionGuard sessions;
  private final MetadataPlace metadata;
  private final EventPlace events;

  AdmittingFilter(
      EvidenceSource source, SessionGuard sessions, MetadataPlace metadata, EventPlace events) {
    this.source = source;
    this.sessions = sessions;
    this.metadata = metadata;
    this.events = events;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpResponse response = exchange.getResponse();
    if (source.isMoved(exchange)) {
      return write(400, Map.of("Content-Type", TEXT), ForwardedAuthority.REFUSAL, response);
    }
    MetadataAnswer answer = metadata.answer(exchange);
    if (answer != null) {
      return write(answer.status(), answer.headers(), answer.body(), response);
    }
    Mono<EventAnswer> taken = events.answer(exchange);
    if (taken != null) {
      return taken.flatMap(said -> write(said.status(), said.headers(), said.body(), response));
    }
    ServerWebExchange admitted = sessions.guard(source.admit(exchange));
    DecidedTarget.keep(admitted);
    return chain.filter(admitted);
  }

  private static Mono<Void> write(
      int status, Map<String, String> headers, String body, ServerHttpResponse response) {
    response.setStatusCode(HttpStatusCode.valueOf(status));
    headers.forEach(response.getHeaders()::set);
    if (body.isEmpty()) {
      return response.setComplete();
    }
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
