package dev.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @Test
  void anAddressIsReadAndShownWithoutItsPassword() {
    RedisAddress address = RedisAddress.of("rediss://api:p%40ss+%2F@redis.example:6390/3");

    assertThat(address.host()).isEqualTo("redis.example");
    assertThat(address.port()).isEqualTo(6390);
    assertThat(address.database()).isEqualTo(3);
    assertThat(address.tls()).isTrue();
    assertThat(address.user()).isEqualTo("api");
    assertThat(address.password()).isEqualTo("p@ss+/");
    assertThat(address).hasToString("rediss://redis.example:6390/3");
  }

  @Test
  void whatIsNotThereHasADefault() {
    RedisAddress address = RedisAddress.of("redis://localhost");

    assertThat(address.port()).isEqualTo(6379);
    assertThat(address.database()).isZero();
    assertThat(address.tls()).isFalse();
    assertThat(address.user()).isNull();
    assertThat(RedisAddress.of("redis://:secret@localhost").password()).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://localhost",
        "redis://",
        "redis:///0",
        "redis://secret@localhost",
        "redis://api:@localhost",
        "redis://:se cret@localhost",
        "redis://:secret@localhost/x",
        "redis://:secret@localhost/0/1",
        "redis://:secret@localhost?timeout=1",
        "redis://:secret@localhost:0",
        "redis://:secret@localhost:65536",
        "redis-sentinel://:secret@localhost"
      })
  void anythingElseIsRefusedWithoutRepeatingIt(String uri) {
    assertThatThrownBy(() -> RedisAddress.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContainingAny("secret", "se cret", "localhost");
  }
}
