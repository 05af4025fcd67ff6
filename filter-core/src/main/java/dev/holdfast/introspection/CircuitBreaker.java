package dev.holdfast.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking an endpoint that keeps failing. After so many failures in a row somebody has to look
 * whether it is the endpoint that fails; if so, this opens for a short while, then lets exactly one
 * caller through to look again. Only a look closes it. Lock-free. A clock that jumps back does not
 * keep it open.
 */
final class CircuitBreaker {

  /** What a call may do. */
  enum Pass {
    /** Not call at all, and report nothing. */
    REFUSED,
    /** Call, as one of many, and report the outcome. */
    ORDINARY,
    /** Look, as the only one, whether the endpoint is back, and report what was seen. */
    PROBE
  }

  /**
   * The state.
   *
   * @param failures in a row, while closed
   * @param openedAt null while closed
   * @param probing whether the one look is under way
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

  /** A call was answered. */
  void succeeded() {
    State now = Objects.requireNonNull(state.get());
    // While it is open this answer is an old one, and says nothing of the endpoint now.
    if (now.openedAt == null && now.failures > 0) {
      state.compareAndSet(now, new State(0, null, now.probing));
    }
  }

  /**
   * A call failed, perhaps by its own fault.
   *
   * @return whether the caller is the one to look, and to report what was seen
   */
  boolean failed() {
    while (true) {
      State now = Objects.requireNonNull(state.get());
      if (now.openedAt != null) {
        return false;
      }
      int failures = now.failures + 1;
      boolean looks = failures >= threshold && !now.probing;
      if (state.compareAndSet(now, new State(failures, null, looks || now.probing))) {
        return looks;
      }
    }
  }

  /** What the look brought. */
  void probed(boolean working) {
    Instant moment = clock.instant();
    state.updateAndGet(
        now -> {
          boolean answeredMeanwhile = now.openedAt == null && now.failures == 0;
          return working || answeredMeanwhile ? CLOSED : new State(now.failures, moment, false);
        });
  }
}
