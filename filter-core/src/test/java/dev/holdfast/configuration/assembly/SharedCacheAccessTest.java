package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.Verification;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.redis.RedisCluster;
import dev.holdfast.testing.redis.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least rights that the shared cache needs, as docs/shared-cache.md says, and a cluster. */
@Tag("whole")
class SharedCacheAccessTest {
  private static final String RIGHTS =
      "user api on >s3cret resetkeys ~holdfast:token:* -@all +set +info +get +pttl +del";

  /** Where it shares the Redis of what is revoked. */
  private static final String COMMON =
      " +incrby +pexpire ~holdfast:revocations +xadd +xrange +xread +xtrim";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private TestIssuer issuer;
  private Path trusted;

  @BeforeEach
  void start() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    ThrowAwayPki pki = ThrowAwayPki.create();
    issuer = TestIssuer.start(pki);
    trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
  }

  @AfterEach
  void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }

  /** Whether so many tokens are one call each for two nodes, and no command was refused. */
  private void assertShared(int tokens, String setting, String uri) throws Exception {
    try (SharedNode one = SharedNode.of(issuer, trusted, setting, uri);
        SharedNode other = SharedNode.of(issuer, trusted, setting, uri)) {
      int before = issuer.introspections();
      for (int i = 1; i <= tokens; i++) {
        String token =
            issuer.opaque(
                Map.of("active", true, "exp", Instant.now().plusSeconds(600).getEpochSecond()));
        one.verify(token);
        int entries = i;
        assertThat(Await.within(PATIENCE, () -> one.statistics().written() == entries)).isTrue();
        assertThat(other.verify(token)).isInstanceOf(Verification.Valid.class);
        other.assembly().tokens().evict(token);
      }
      assertThat(issuer.introspections() - before).isEqualTo(tokens);
      assertThat(one.statistics().failed() + other.statistics().failed()).isZero();
    }
  }

  @Test
  void ofItsOwnRedisFiveCommandsAreEnough_andOfACommonOneTwoMore() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("own"), RIGHTS)) {
      String uri = "redis://api:s3cret@127.0.0.1:" + redis.port();
      assertShared(3, "tokens.cache.redis-uri", uri);
    }
    try (RedisProcess redis = RedisProcess.started(folder.resolve("common"), RIGHTS + COMMON)) {
      String uri = "redis://api:s3cret@127.0.0.1:" + redis.port();
      assertShared(3, "redis.uri", uri);
    }
  }

  @Test
  void inAClusterOneCommandMoreIsEnough() throws Exception {
    try (RedisCluster cluster = RedisCluster.started(folder, RIGHTS + COMMON + " +cluster|slots")) {
      assertShared(30, "redis.uri", cluster.uri(2).replace("//", "//api:s3cret@"));
    }
  }
}
