package dev.holdfast.spring.boot.meters;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How full the local store of spent DPoP proofs is: the gauges {@code holdfast.dpop.replay.entries}
 * and {@code holdfast.dpop.replay.max}. What it refuses for being full is {@code
 * holdfast.decisions} with the refusal {@code replay_guard_unavailable}.
 */
final class ReplayGuardMeters implements MeterBinder {
  private static final String REPLAY = "holdfast.dpop.replay.";

  private final Assembly assembly;

  ReplayGuardMeters(Assembly assembly) {
    this.assembly = assembly;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (assembly.replayGuard() instanceof LocalReplayGuard guard) {
      Gauge.builder(REPLAY + "entries", guard, known -> known.statistics().entries())
          .description("Spent DPoP proofs that are remembered")
          .register(registry);
      Gauge.builder(REPLAY + "max", guard, known -> known.statistics().maxEntries())
          .description("How many can be remembered; beyond, requests are answered with 503")
          .register(registry);
    }
  }
}
