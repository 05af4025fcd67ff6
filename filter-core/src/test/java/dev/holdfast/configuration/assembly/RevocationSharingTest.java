package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import dev.holdfast.events.shared.SharedRevocations;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.redis.RedisCluster;
import dev.holdfast.testing.redis.RedisProcess;
import dev.holdfast.testing.redis.RedisWithSentinels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that share what they revoke through a real Redis. */
class RevocationSharingTest {
  private static final String ISSUER = "https://as.example";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** What docs/redis.md says. */
  private static final String RIGHTS =
      "resetkeys ~holdfast:revocations -@all +xadd +xrange +xread +xtrim +info";

  @TempDir Path folder;
  private final List<SharedRevocations> nodes = new ArrayList<>();

  @BeforeEach
  void needsRedis() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
  }

  @AfterEach
  void end() {
    nodes.forEach(SharedRevocations::close);
  }

  private SharedRevocations node(String uri, String... more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("holdfast.redis.uri", uri);
    settings.put("holdfast.events.store", "redis");
    for (int i = 0; i < more.length; i += 2) {
      settings.put("holdfast." + more[i], more[i + 1]);
    }
    var read = SettingsReader.read(settings);
    SharedRevocations node = RevocationSharing.of(read.redis(), Clock.systemUTC());
    nodes.add(node);
    RevocationSharing.start(node, CachedTokens.none(), read);
    return node;
  }

  private static TokenMark subject(String name) {
    return new TokenMark(ISSUER, Kind.SUBJECT, name);
  }

  private static void revoke(SharedRevocations node, String name) {
    node.remember(List.of(subject(name)), NOON).join();
  }

  private static boolean revokes(SharedRevocations node, String name) {
    return node.revokes(ISSUER, List.of(subject(name)), NOON).join();
  }

  private static void assertSoon(BooleanSupplier condition) throws InterruptedException {
    assertThat(Await.within(Duration.ofSeconds(60), condition)).isTrue();
  }

  private static void assertShared(SharedRevocations one, SharedRevocations other, String name)
      throws InterruptedException {
    revoke(one, name);
    assertSoon(() -> revokes(other, name));
    assertThat(revokes(other, "not-" + name)).isFalse();
  }

  private static String uri(RedisProcess redis) {
    return "redis://127.0.0.1:" + redis.port();
  }

  @Test
  @Tag("verify")
  void theLeastRightsAreEnough_andOthersKeysAreOthers() throws Exception {
    try (RedisProcess redis =
        RedisProcess.started(folder.resolve("one"), "user api on >s3cret " + RIGHTS)) {
      String uri = "redis://api:s3cret@127.0.0.1:" + redis.port();
      assertShared(node(uri), node(uri), "alice");
      assertThat(redis.command("KEYS", "*")).isEqualTo("holdfast:revocations");
      assertThat(redis.command("XRANGE", "holdfast:revocations", "-", "+"))
          .contains("mark SUBJECT 1772366400000 ")
          .doesNotContain("alice");
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> node(uri, "redis.prefix", "other"))
          .withMessageContaining("holdfast.events.store")
          .withMessageContaining("NOPERM")
          .withMessageContaining("XADD, XRANGE, XREAD and XTRIM on other:revocations");
    }
  }

  @Test
  @Tag("verify")
  void redisThatDropsRecordsStopsTheStart() {
    try (RedisProcess redis =
        RedisProcess.started(
            folder.resolve("one"), "maxmemory 50mb", "maxmemory-policy allkeys-lru")) {
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> node(uri(redis)))
          .withMessageContaining("its maxmemory-policy is allkeys-lru");
    }
  }

  @Test
  @Tag("whole")
  void redisThatWasLostAndRestartedIsToldAgain() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("one"))) {
      SharedRevocations one = node(uri(redis));
      SharedRevocations other = node(uri(redis));
      assertShared(one, other, "alice");
      redis.kill();
      assertSoon(() -> !other.isFollowing());
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> revoke(one, "bob"))
          .withCauseInstanceOf(IssuerUnavailableException.class);
      assertThat(revokes(one, "bob")).as("here it holds").isTrue();
      SharedRevocations started = node(uri(redis));
      assertThatExceptionOfType(CompletionException.class)
          .as("nobody is admitted before Redis was read")
          .isThrownBy(() -> revokes(started, "carol"))
          .withCauseInstanceOf(IssuerUnavailableException.class);
      redis.start();
      assertSoon(() -> started.isFollowing() && revokes(started, "alice"));
      assertSoon(() -> revokes(other, "bob") && revokes(started, "bob"));
      assertThat(revokes(started, "carol")).isFalse();
    }
  }

  @Test
  @Tag("whole")
  void whoeverEmptiesRedisIsNoticed() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("one"))) {
      SharedRevocations one = node(uri(redis));
      revoke(one, "alice");
      assertSoon(() -> redis.command("XLEN", "holdfast:revocations").equals("1"));
      redis.command("FLUSHALL");
      assertSoon(() -> redis.command("XLEN", "holdfast:revocations").equals("1"));
      redis.command("DEL", "holdfast:revocations");
      redis.command("XADD", "holdfast:revocations", "*", "r", "line 1 https%3A%2F%2Fother");
      assertSoon(() -> redis.command("XLEN", "holdfast:revocations").equals("2"));
    }
  }

  @Test
  @Tag("whole")
  void inAClusterItLiesInOneSlot() throws Exception {
    String user = "user api on >s3cret " + RIGHTS + " +cluster|slots";
    try (RedisCluster cluster = RedisCluster.started(folder, user)) {
      String uri = cluster.uri(2).replace("//", "//api:s3cret@");
      SharedRevocations one = node(uri);
      SharedRevocations other = node(uri);
      assertSoon(() -> one.isFollowing() && other.isFollowing());
      assertShared(one, other, "alice");
    }
  }

  @Test
  @Tag("whole")
  void aFailoverLosesNothing() throws Exception {
    try (RedisWithSentinels redis = RedisWithSentinels.started(folder)) {
      SharedRevocations one = node(redis.uri());
      SharedRevocations other = node(redis.uri());
      assertSoon(() -> one.isFollowing() && other.isFollowing());
      assertShared(one, other, "alice");
      redis.primary().kill();
      one.remember(List.of(subject("bob")), NOON).exceptionally(lost -> null).join();
      assertSoon(() -> revokes(other, "bob"));
      SharedRevocations later = node(redis.uri());
      assertSoon(later::isFollowing);
      assertSoon(() -> revokes(later, "alice") && revokes(later, "bob"));
    }
  }
}
