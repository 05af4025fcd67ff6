package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.events.receiver.Delivery;
import dev.holdfast.events.receiver.EventAnswer;
import dev.holdfast.events.receiver.EventReceiver;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where Holdfast takes security events (RFC 8935). It is one path in one spelling; a request to any
 * other is none of its own.
 */
public final class EventPlace {
  private static final byte[] TOO_LARGE = new byte[EventReceiver.MAX_BODY_BYTES + 1];

  private final @Nullable EventReceiver receiver;

  /** As the settings say. */
  public EventPlace(Assembly assembly) {
    this.receiver = assembly.events();
  }

  /** What the request gets that is for this place; null for every other one. */
  public @Nullable Mono<EventAnswer> answer(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    EventReceiver known = receiver;
    if (known == null || !request.getPath().value().endsWith(known.path())) {
      return null;
    }
    ReceivedExchange received = new ReceivedExchange(request);
    if (!received.path().equals(ForwardedPrefix.basePath(request, received) + known.path())) {
      return null;
    }
    Delivery delivery =
        new Delivery(
            received.method(), received.headers("Content-Type"), received.headers("Authorization"));
    EventAnswer refusal = known.refusal(delivery);
    return refusal != null
        ? Mono.just(refusal)
        : body(request)
            .publishOn(Schedulers.boundedElastic()) // an eviction looks at the whole cache
            .flatMap(body -> Mono.fromCompletionStage(() -> known.receive(delivery, body)));
  }

  private static Mono<byte[]> body(ServerHttpRequest request) {
    return DataBufferUtils.join(request.getBody(), EventReceiver.MAX_BODY_BYTES)
        .map(
            buffer -> {
              byte[] bytes = new byte[buffer.readableByteCount()];
              buffer.read(bytes);
              DataBufferUtils.release(buffer);
              return bytes;
            })
        .defaultIfEmpty(new byte[0])
        .onErrorReturn(DataBufferLimitException.class, TOO_LARGE);
  }
}
