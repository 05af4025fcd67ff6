package dev.holdfast.spring;

import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The counter {@code holdfast.decisions}, with two tags of few values: {@code outcome} ({@code
 * allowed}, {@code reported}, {@code refused}) and {@code refusal} (the catalogue entry in lower
 * case, or {@code none}). Never a client, a path or a token.
 */
final class DecisionMeters implements EnforcementListener, MeterBinder {
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
  }

  @Override
  public void decided(RequestEvidence evidence, Decision decision) {
    if (decision instanceof Decision.Refused refused) {
      count("refused", refused.refusal());
    } else if (decision instanceof Decision.Allowed allowed) {
      count(allowed.reported() == null ? "allowed" : "reported", allowed.reported());
    }
  }

  private void count(String outcome, @Nullable Refusal refusal) {
    String cause = refusal == null ? "none" : refusal.name().toLowerCase(Locale.ROOT);
    for (MeterRegistry registry : registries) {
      Counter.builder("holdfast.decisions")
          .description("Requests by what became of them")
          .tag("outcome", outcome)
          .tag("refusal", cause)
          .register(registry)
          .increment();
    }
  }
}
