package dev.holdfast.spring.boot.meters;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.events.receiver.EventReceiver;
import dev.holdfast.events.receiver.EventStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/**
 * What became of deliveries of security events: the counter {@code holdfast.events} with the tag
 * {@code outcome} ({@code revoked}, {@code without}, {@code replayed}, {@code rejected}, {@code
 * unavailable}). It exists where a receiver does.
 */
final class EventMeters implements MeterBinder {
  private final Assembly assembly;

  EventMeters(Assembly assembly) {
    this.assembly = assembly;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    EventReceiver receiver = assembly.events();
    if (receiver != null) {
      count(registry, receiver, "revoked", EventStatistics::revoked);
      count(registry, receiver, "without", EventStatistics::without);
      count(registry, receiver, "replayed", EventStatistics::replayed);
      count(registry, receiver, "rejected", EventStatistics::rejected);
      count(registry, receiver, "unavailable", EventStatistics::unavailable);
    }
  }

  private static void count(
      MeterRegistry registry,
      EventReceiver receiver,
      String outcome,
      ToLongFunction<EventStatistics> statistic) {
    FunctionCounter.builder(
            "holdfast.events", receiver, known -> statistic.applyAsLong(known.statistics()))
        .description("Deliveries of security events, by what became of them")
        .tag("outcome", outcome)
        .register(registry);
  }
}
