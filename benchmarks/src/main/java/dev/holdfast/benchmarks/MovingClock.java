package dev.holdfast.benchmarks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that each proof moves on, so that a window holds a certain number of proofs. */
final class MovingClock extends Clock {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock system = Clock.systemUTC();
  private final Duration window;
  private final long step;
  private long nanos;

  MovingClock(Duration window, int proofsPerWindow) {
    this.window = window;
    this.step = window.toNanos() / proofsPerWindow;
  }

  /** Moves on, and tells until when a proof of this moment is acceptable. */
  Instant next() {
    nanos += step;
    return Instant.ofEpochSecond(seconds() + window.toSeconds());
  }

  long nanos() {
    return nanos;
  }

  private long seconds() {
    return START.getEpochSecond() + nanos / 1_000_000_000L;
  }

  /** Costs what the system's clock costs. */
  @Override
  public long millis() {
    return START.toEpochMilli() + nanos / 1_000_000 + (system.millis() & 0);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
