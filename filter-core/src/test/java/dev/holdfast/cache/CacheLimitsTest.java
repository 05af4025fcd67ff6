package dev.holdfast.cache;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheLimitsTest {
  private static final Duration TTL = Duration.ofMinutes(1);

  @Test
  void timesLieBetweenZeroAndADay() {
    assertThatCode(() -> new CacheLimits(Duration.ZERO, 1, Duration.ofDays(1), 1))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new CacheLimits(Duration.ofMillis(-1), 1, TTL, 1))
        .hasMessage("the cache's ttl lies between zero and a day");
    assertThatThrownBy(() -> new CacheLimits(TTL, 1, Duration.ofDays(1).plusMillis(1), 1))
        .hasMessage("the cache's negative-ttl lies between zero and a day");
  }

  @Test
  void thereIsRoomForOneEntryAtLeast() {
    assertThatThrownBy(() -> new CacheLimits(TTL, 0, TTL, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CacheLimits(TTL, 1, TTL, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
