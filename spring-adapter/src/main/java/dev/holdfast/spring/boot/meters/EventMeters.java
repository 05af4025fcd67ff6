package dev.holdfast.spring.boot.meters;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.events.receiver.EventStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/**
 * What became of deliveries of security events: the counter {@code holdfast.events} with the tag
 * {@code outcome} ({@code revoked}, {@code without}, {@code replayed}, {@code rejected}, {@code
 * unavailable}). It exists where a transmitter is configured.
 */
final class EventMeters implements MeterBinder {
  private final Assembly assembly;

  EventMeters(Assembly assembly) {
    this.assembly = assembly;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (assembly.eventStatistics() != null) {
      count(registry, "revoked", EventStatistics::revoked);
      count(registry, "without", EventStatistics::without);
      count(registry, "replayed", EventStatistics::replayed);
      count(registry, "rejected", EventStatistics::rejected);
      count(registry, "unavailable", EventStatistics::unavailable);
    }
  }

  private void count(
      MeterRegistry registry, String outcome, ToLongFunction<EventStatistics> statistic) {
    FunctionCounter.builder(
            "holdfast.events",
            assembly,
            known -> {
              EventStatistics statistics = known.eventStatistics();
              return statistics == null ? 0 : statistic.applyAsLong(statistics);
            })
        .description("Deliveries of security events, by what became of them")
        .tag("outcome", outcome)
        .register(registry);
  }
}
