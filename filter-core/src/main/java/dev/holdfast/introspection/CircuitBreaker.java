package dev.holdfast.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking an endpoint that keeps failing. After so many failures in a row it opens for a short
 * while, then lets exactly one probe through; the probe's success closes it, its failure opens it
 * again. Lock-free. A clock that jumps back does not keep it open.
 */
final class CircuitBreaker {

  /** What a call may do; it reports its outcome with the same pass. */
  enum Pass {
    /** Not call at all, and report nothing. */
    REFUSED,
    /** Call, as one of many. */
    ORDINARY,
    /** Call, as the only one, to see whether the endpoint is back. */
    PROBE
  }

  /**
   * The state.
   *
   * @param failures in a row, while closed
   * @param openedAt null while closed
   * @param probing whether the one probe is under way
   */
  private record State(int failures, @Nullable Instant openedAt, boolean probing) {}

  private static final State CLOSED = new State(0, null, false);

  private final int threshold;
  private final Duration rest;
  private final Clock clock;
  private final AtomicReference<State> state = new AtomicReference<>(CLOSED);

  CircuitBreaker(int threshold, Duration rest, Clock clock) {
    this.threshold = threshold;
    this.rest = rest;
    this.clock = clock;
  }

  Pass tryPass() {
    State now = Objects.requireNonNull(state.get());
    if (now.openedAt == null) {
      return Pass.ORDINARY;
    }
    if (now.probing || isResting(now.openedAt)) {
      return Pass.REFUSED;
    }
    State probing = new State(now.failures, now.openedAt, true);
    return state.compareAndSet(now, probing) ? Pass.PROBE : Pass.REFUSED;
  }

  private boolean isResting(Instant openedAt) {
    Duration elapsed = Duration.between(openedAt, clock.instant());
    return !elapsed.isNegative() && elapsed.compareTo(rest) < 0;
  }

  void succeeded(Pass pass) {
    if (pass == Pass.PROBE) {
      state.set(CLOSED);
    } else {
      // While it is open this answer is an old one, and says nothing of the endpoint now.
      state.updateAndGet(now -> now.openedAt == null ? CLOSED : now);
    }
  }

  void failed(Pass pass) {
    Instant moment = clock.instant();
    if (pass == Pass.PROBE) {
      state.set(new State(threshold, moment, false));
    } else {
      state.updateAndGet(now -> now.openedAt == null ? oneMoreFailure(now, moment) : now);
    }
  }

  private State oneMoreFailure(State now, Instant moment) {
    int failures = now.failures + 1;
    return new State(failures, failures >= threshold ? moment : null, false);
  }
}
