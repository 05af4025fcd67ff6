package dev.holdfast.spring.boot.meters;

import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.RequestEvidence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The counter {@code holdfast.decisions}, with three tags of few values: {@code outcome} ({@code
 * allowed}, {@code reported}, {@code refused}), {@code refusal} (the catalogue entry in lower case,
 * or {@code none}) and {@code cause} (why a token is invalid, {@link RefusalTag}); and {@code
 * holdfast.disbelieved.headers}, the requests in which a peer that is no trusted proxy sent what
 * only such a one is believed in, with the tag {@code header}, a name from the settings. Never a
 * client, a path or a token.
 */
public final class DecisionMeters implements EnforcementListener, MeterBinder {
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
  }

  @Override
  public void decided(RequestEvidence evidence, Decision decision) {
    if (decision instanceof Decision.Refused refused) {
      count("refused", refused);
    } else if (decision instanceof Decision.Allowed allowed) {
      count(allowed.report() == null ? "allowed" : "reported", allowed.report());
    }
  }

  @Override
  public void disbelieved(RequestEvidence evidence, String header, String peer) {
    for (MeterRegistry registry : registries) {
      Counter.builder("holdfast.disbelieved.headers")
          .description("Requests with a proxy's header from a peer that is no trusted proxy")
          .tag("header", header.toLowerCase(Locale.ROOT))
          .register(registry)
          .increment();
    }
  }

  private void count(String outcome, Decision.@Nullable Refused refused) {
    String refusal = refused == null ? "none" : refused.refusal().name().toLowerCase(Locale.ROOT);
    String cause = refused == null ? "none" : RefusalTag.of(refused);
    for (MeterRegistry registry : registries) {
      Counter.builder("holdfast.decisions")
          .description("Requests by what became of them")
          .tag("outcome", outcome)
          .tag("refusal", refusal)
          .tag("cause", cause)
          .register(registry)
          .increment();
    }
  }
}
