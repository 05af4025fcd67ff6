package dev.holdfast.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking an endpoint that keeps failing. After so many failures in a row somebody has to look
 * whether it is the endpoint that fails; if so, this opens for a short while, or for as long as the
 * endpoint asks, then lets exactly one caller through to look again. Only a look closes it.
 * Lock-free. A clock that jumps back does not keep it open.
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
   * @param asked for how long the endpoint has asked to be left alone, while open; null: it has not
   */
  private record State(
      int failures, @Nullable Instant openedAt, boolean probing, @Nullable Duration asked) {
    State(int failures, boolean probing) {
      this(failures, null, probing, null);
    }
  }

  private static final State CLOSED = new State(0, false);

  private final int threshold;
  private final Duration rest;
  private final Clock clock;
  private final AtomicReference<State> state = new AtomicReference<>(CLOSED);
  private final AtomicReference<@Nullable Instant> lastSuspicion = new AtomicReference<>();

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
    if (now.probing || !left(now, now.openedAt).isZero()) {
      return Pass.REFUSED;
    }
    State probing = new State(now.failures, now.openedAt, true, now.asked);
    return state.compareAndSet(now, probing) ? Pass.PROBE : Pass.REFUSED;
  }

  /** How much of the rest is left; nothing where the clock has jumped back. */
  private Duration left(State open, Instant openedAt) {
    Duration whole = open.asked == null ? rest : open.asked;
    Duration elapsed = Duration.between(openedAt, clock.instant());
    return elapsed.isNegative() || elapsed.compareTo(whole) >= 0
        ? Duration.ZERO
        : whole.minus(elapsed);
  }

  /** How long the endpoint wants to be left alone from now on; null where it has not said so. */
  @Nullable Duration askedRest() {
    State now = Objects.requireNonNull(state.get());
    if (now.openedAt == null || now.asked == null) {
      return null;
    }
    Duration left = left(now, now.openedAt);
    return left.isZero() ? null : left;
  }

  /** A call was answered. */
  void succeeded() {
    State now = Objects.requireNonNull(state.get());
    // While it is open this answer is an old one, and says nothing of the endpoint now.
    if (now.openedAt == null && now.failures > 0) {
      state.compareAndSet(now, new State(0, now.probing));
    }
  }

  private boolean isDue() {
    Instant last = lastSuspicion.get();
    Instant now = clock.instant();
    boolean early = last != null && !now.isBefore(last) && now.isBefore(last.plus(rest));
    return !early && lastSuspicion.compareAndSet(last, now);
  }

  /**
   * A call failed, perhaps by its own fault.
   *
   * @param asksForRest whether its answer asks to be left alone: then somebody looks whether that
   *     is meant for all, once in a rest
   * @return whether the caller is the one to look, and to report what was seen
   */
  boolean failed(boolean asksForRest) {
    boolean suspected = asksForRest && isDue();
    while (true) {
      State now = Objects.requireNonNull(state.get());
      if (now.openedAt != null) {
        return false;
      }
      int failures = now.failures + 1;
      boolean looks = (failures >= threshold || suspected) && !now.probing;
      if (state.compareAndSet(now, new State(failures, looks || now.probing))) {
        return looks;
      }
    }
  }

  /** The same of an endpoint that has not asked to be left alone. */
  void probed(boolean working) {
    probed(working, null);
  }

  /**
   * What the look brought. An endpoint that does not work is left alone after enough failures, or
   * where it asks for that, unless calls about tokens were answered meanwhile.
   *
   * @param asked for how long it asks to be left alone; null where it does not
   */
  void probed(boolean working, @Nullable Duration asked) {
    Instant moment = clock.instant();
    state.updateAndGet(
        now -> {
          boolean answeredMeanwhile = now.openedAt == null && now.failures == 0;
          if (working || answeredMeanwhile) {
            return CLOSED;
          }
          boolean opens = now.openedAt != null || now.failures >= threshold || asked != null;
          return opens
              ? new State(now.failures, moment, false, asked)
              : new State(now.failures, false);
        });
  }
}
