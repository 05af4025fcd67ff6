package dev.holdfast.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock in UTC that stands still until a test moves it, forwards or backwards. Any thread may
 * read it at any time; only one may move it.
 */
public final class SettableClock extends Clock {
  private volatile Instant now;

  /** A clock that shows this moment. */
  public SettableClock(Instant now) {
    this.now = now;
  }

  /** Moves the clock by this much; back if it is negative. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Moves the clock to this moment. */
  public void set(Instant moment) {
    now = moment;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** This clock: its instants are the same in every zone. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
