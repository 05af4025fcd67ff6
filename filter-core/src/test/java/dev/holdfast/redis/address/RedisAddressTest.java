package dev.holdfast.redis.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @Test
  void anAddressIsReadAndShownWithoutItsPassword() {
    RedisAddress address = RedisAddress.of("rediss://api:p%40ss+%2F@redis.example:6390/3");

    assertThat(address.servers()).containsExactly(new RedisServer("redis.example", 6390));
    assertThat(address.database()).isEqualTo(3);
    assertThat(address.tls()).isTrue();
    assertThat(address.login()).isEqualTo(new RedisLogin("api", "p@ss+/"));
    assertThat(address.primaryName()).isNull();
    assertThat(address).hasToString("rediss://redis.example:6390/3");
    assertThat(String.valueOf(address.login())).doesNotContain("p@ss");
  }

  @Test
  void whatIsNotThereHasADefault() {
    RedisAddress address = RedisAddress.of("REDIS://localhost");

    assertThat(address.servers()).containsExactly(new RedisServer("localhost", 6379));
    assertThat(address.database()).isZero();
    assertThat(address.tls()).isFalse();
    assertThat(address.login()).isNull();
    assertThat(address.namesCluster()).isFalse();
    assertThat(RedisAddress.of("redis://:secret@localhost").login())
        .isEqualTo(new RedisLogin(null, "secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://cache_1.internal, cache_1.internal, 6379",
    "redis://_redis._tcp.internal:1, _redis._tcp.internal, 1",
    "redis://[::1]:7000/2, ::1, 7000",
    "redis://[fe80::1%eth0], fe80::1%eth0, 6379",
    "redis://10.0.0.1/, 10.0.0.1, 6379",
    "redis://redis.example.:6379, redis.example., 6379",
    "redis://api:%2C%23%3F@redis, redis, 6379",
    "'redis://api:a,b;c=d!$&(*)@redis', redis, 6379",
    "redis://api:pässword@redis, redis, 6379"
  })
  void everyHostAndEveryPasswordCanBeWritten_C79(String uri, String host, int port) {
    assertThat(RedisAddress.of(uri).servers()).containsExactly(new RedisServer(host, port));
  }

  @Test
  void severalHostsAreNodesOfACluster_C79() {
    RedisAddress address = RedisAddress.of("rediss://:p@one:7000,two,[::1]:7002");

    assertThat(address.servers())
        .containsExactly(
            new RedisServer("one", 7000),
            new RedisServer("two", 6379),
            new RedisServer("::1", 7002));
    assertThat(address.namesCluster()).isTrue();
    assertThat(address.tls()).isTrue();
    assertThat(address).hasToString("rediss://one:7000,two:6379,[::1]:7002");
  }

  @Test
  void sentinelsKnowThePrimaryByItsName_C79() {
    RedisAddress address = RedisAddress.of("rediss-sentinel://api:p@one:1,two/3#my.master-1_a");

    assertThat(address.servers())
        .containsExactly(new RedisServer("one", 1), new RedisServer("two", 26379));
    assertThat(address.primaryName()).isEqualTo("my.master-1_a");
    assertThat(address.namesCluster()).isFalse();
    assertThat(address.database()).isEqualTo(3);
    assertThat(address.sentinelLogin()).isNull();
    assertThat(address.withSentinelLogin(null, "s").sentinelLogin())
        .isEqualTo(new RedisLogin(null, "s"));
    assertThat(address.withSentinelLogin("watch", "s").login())
        .isEqualTo(new RedisLogin("api", "p"));
    assertThat(address).hasToString("rediss-sentinel://one:1,two:26379/3#my.master-1_a");
  }

  @Test
  void aLoginForSentinelsNeedsSentinels() {
    RedisAddress address = RedisAddress.of("redis://localhost");
    assertThatThrownBy(() -> address.withSentinelLogin(null, "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sentinel");
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
        "redis://:secret%2@localhost",
        "redis://:sec@ret@localhost",
        "redis://:secret/@localhost",
        "redis://:secret#@localhost",
        "redis://:secret@localhost/x",
        "redis://:secret@localhost/0/1",
        "redis://:secret@localhost?timeout=1",
        "redis://:secret@localhost:0",
        "redis://:secret@localhost:65536",
        "redis://:secret@localhost:",
        "redis://:secret@localhost,",
        "redis://:secret@,localhost",
        "redis://:secret@localhost, other",
        "redis://:secret@-localhost",
        "redis://:secret@::1",
        "redis://:secret@localhost,localhost:7001/1",
        "redis://:secret@localhost#mymaster",
        "redis-sentinel://:secret@localhost",
        "redis-sentinel://:secret@localhost#",
        "redis-sentinel://:secret@localhost#my master",
        "redis-sentinel://:secret@localhost?sentinelMasterId=mymaster",
        "rediss-cluster://:secret@localhost"
      })
  void anythingElseIsRefusedWithoutRepeatingIt(String uri) {
    assertThatThrownBy(() -> RedisAddress.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContainingAny("secret", "se cret", "localhost");
  }
}
