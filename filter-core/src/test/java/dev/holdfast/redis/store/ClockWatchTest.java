package dev.holdfast.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private static final long HOUR = 3_600_000;
  private static final long SPARE = 10_000;
  private static final long LIFE = 71_000;
  private static final long START = 1_800_000_000_000L;

  private final AtomicLong steady = new AtomicLong(12_345);
  private final ClockWatch watch = new ClockWatch(() -> steady.get() * 1_000_000);

  @Test
  void aRecordIsThereToItsEndAndForTheSpareTime() {
    watch.made(START, START + LIFE);
    steady.addAndGet(LIFE + SPARE - 1);
    assertThat(watch.mayBeGone(START + LIFE, SPARE)).isFalse();
    steady.incrementAndGet();
    assertThat(watch.mayBeGone(START + LIFE, SPARE)).isTrue();
  }

  @Test
  void aClockThatIsSetBackDoesNotBringBackItsProofs() {
    watch.made(START, START + LIFE);
    steady.addAndGet(HOUR);
    watch.made(START, START + LIFE + 1); // an hour later it is as early as before
    assertThat(watch.mayBeGone(START + LIFE, SPARE)).isTrue();
  }

  @Test
  void aJumpForwardUnderWhichNothingWasSpentCostsNothing() {
    watch.made(START, START + LIFE);
    steady.addAndGet(1000);
    assertThat(watch.mayBeGone(START + HOUR + LIFE, SPARE)).isFalse();
    steady.addAndGet(1000);
    assertThat(watch.mayBeGone(START + 2000 + LIFE, SPARE)).isFalse();
  }

  @Test
  void beforeTheFirstRecordNothingIsGone() {
    assertThat(watch.mayBeGone(START, SPARE)).isFalse();
  }
}
