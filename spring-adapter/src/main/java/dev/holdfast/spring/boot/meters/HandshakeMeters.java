package dev.holdfast.spring.boot.meters;

import dev.holdfast.tls.engine.TlsHandshakes;
import dev.holdfast.tls.engine.TlsHandshakes.Statistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The handshakes of the connector's own TLS: the counters {@code holdfast.tls.handshakes} (tags
 * {@code version} and {@code token.binding}: {@code negotiated}, {@code none}), {@code
 * holdfast.tls.resumptions}, and {@code holdfast.tls.failures} (tags {@code by}: {@code server},
 * {@code client}; and {@code alert}, the name of the alert that was sent or received).
 *
 * <p>They count for the whole JVM. Never a client, a name or an address.
 */
public final class HandshakeMeters implements MeterBinder {
  private static final String TLS = "holdfast.tls.";
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "handshakes", "TLS handshakes that were completed",
          "resumptions", "Completed handshakes that resumed a session",
          "failures", "TLS handshakes that failed, by the alert and who sent it");

  @Override
  public void bindTo(MeterRegistry registry) {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      Tags tags = Tags.of("version", version);
      counter(
          registry,
          "handshakes",
          tags.and("token.binding", "negotiated"),
          now -> count(now.tokenBinding(), version));
      counter(
          registry,
          "handshakes",
          tags.and("token.binding", "none"),
          now -> count(now.completed(), version) - count(now.tokenBinding(), version));
    }
    counter(registry, "resumptions", Tags.empty(), Statistics::resumed);
    for (String alert : TlsHandshakes.causes()) {
      Tags tags = Tags.of("alert", alert);
      counter(registry, "failures", tags.and("by", "server"), now -> count(now.refused(), alert));
      counter(registry, "failures", tags.and("by", "client"), now -> count(now.abandoned(), alert));
    }
  }

  private static long count(Map<String, Long> counts, String key) {
    return counts.getOrDefault(key, 0L);
  }

  private static void counter(
      MeterRegistry registry, String name, Tags tags, ToLongFunction<Statistics> statistic) {
    FunctionCounter.builder( // the class, as the registry keeps what it is given weakly
            TLS + name,
            TlsHandshakes.class,
            jvm -> statistic.applyAsLong(TlsHandshakes.statistics()))
        .description(DESCRIPTIONS.get(name))
        .tags(tags)
        .register(registry);
  }
}
