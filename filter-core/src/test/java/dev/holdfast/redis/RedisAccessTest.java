package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.reading.PemFiles;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisTls;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import dev.holdfast.testing.redis.RedisCluster;
import dev.holdfast.testing.redis.RedisProcess;
import dev.holdfast.testing.redis.RedisWithSentinels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may speak to Redis, and over what: the least rights, and TLS with clients' certificates. */
@Tag("whole")
class RedisAccessTest {
  /** What docs/redis.md says. */
  private static final String RIGHTS = "resetkeys ~holdfast:dpop:* -@all +set +info";

  @TempDir Path folder;

  @BeforeEach
  void needsRedis() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
  }

  private static RedisReplayGuard.Builder guard(RedisAddress address) {
    return RedisReplayGuard.at(address, ConfirmationMethod.DPOP).deadline(Duration.ofSeconds(5));
  }

  private static Instant young() {
    return Instant.now().plusSeconds(3600);
  }

  private static void assertWorks(RedisReplayGuard guard, int proof) throws InterruptedException {
    assertThat(within60Seconds(() -> guard.spend(proof(proof), young()) != UNAVAILABLE)).isTrue();
    assertThat(guard.spend(proof(proof + 1), young())).isEqualTo(FIRST);
    assertThat(guard.spend(proof(proof + 1), young())).isEqualTo(SPENT);
    // with a cluster: to each primary, also to those that have none of these proofs
    assertThat(within60Seconds(() -> guard.statistics().connected())).isTrue();
  }

  @Test
  void twoCommandsOnItsOwnKeysAreEnough() throws Exception {
    try (RedisProcess redis =
        RedisProcess.started(folder.resolve("one"), "user api on >s3cret " + RIGHTS)) {
      RedisAddress address = RedisAddress.of("redis://api:s3cret@127.0.0.1:" + redis.port());
      try (RedisReplayGuard guard = guard(address).connect();
          RedisReplayGuard elsewhere = guard(address).keyPrefix("other:dpop:").connect()) {
        assertWorks(guard, 0);
        assertThat(elsewhere.spend(proof(1), young())).as("not its keys").isEqualTo(UNAVAILABLE);
      }
    }
  }

  @Test
  void inAClusterOneCommandMoreIsEnough() throws Exception {
    String user = "user api on >s3cret " + RIGHTS + " +cluster|slots";
    try (RedisCluster cluster = RedisCluster.started(folder, user);
        RedisReplayGuard guard =
            guard(RedisAddress.of(cluster.uri(2).replace("//", "//api:s3cret@"))).connect()) {
      assertWorks(guard, 0);
      for (int i = 10; i < 40; i++) {
        assertThat(guard.spend(proof(i), young())).isEqualTo(FIRST);
      }
    }
  }

  @Test
  void sentinelsHaveAUserOfTheirOwn() throws Exception {
    List<String> ofSentinels =
        List.of(
            "user watch on >w4tch -@all +sentinel|get-master-addr-by-name",
            "user default on nopass +@all");
    try (RedisWithSentinels redis =
        RedisWithSentinels.started(folder, ofSentinels, "user api on >s3cret " + RIGHTS)) {
      RedisAddress address = RedisAddress.of(redis.uri().replace("//", "//api:s3cret@"));
      try (RedisReplayGuard guard = guard(address.withSentinelLogin("watch", "w4tch")).connect();
          RedisReplayGuard wrong = guard(address.withSentinelLogin("watch", "wrong")).connect()) {
        assertWorks(guard, 0);
        assertThat(wrong.spend(proof(1), young())).isEqualTo(UNAVAILABLE);
      }
    }
  }

  @Test
  void redisThatAsksForACertificateGetsTheClients() throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create();
    try (RedisProcess redis = tls("server", pki.serverCertificate(), pki)) {
      RedisAddress address = RedisAddress.of("rediss://localhost:" + redis.port());
      RedisTls full = identity(pki.clientCertificate("CN=api"), pki, "client");
      RedisTls stranger = identity(ThrowAwayPki.selfSigned("CN=api"), pki, "stranger");
      RedisTls none = new RedisTls(null, full.trust());
      RedisTls modern =
          new RedisTls(
              full.identity(), full.trust(), List.of("TLS_AES_128_GCM_SHA256"), List.of("TLSv1.3"));
      try (RedisReplayGuard guard = guard(address).tls(full).connect();
          RedisReplayGuard withOptions = guard(address).tls(modern).connect();
          RedisReplayGuard without = guard(address).tls(none).connect();
          RedisReplayGuard byStranger = guard(address).tls(stranger).connect()) {
        assertWorks(guard, 0);
        assertWorks(withOptions, 10);
        assertThat(without.spend(proof(20), young())).isEqualTo(UNAVAILABLE);
        assertThat(byStranger.spend(proof(21), young())).isEqualTo(UNAVAILABLE);
      }
    }
    Identity elsewhere = pki.serverCertificate(Validity.current(), List.of("redis.example"));
    try (RedisProcess redis = tls("elsewhere", elsewhere, pki);
        RedisReplayGuard guard =
            guard(RedisAddress.of("rediss://localhost:" + redis.port()))
                .tls(identity(pki.clientCertificate("CN=api"), pki, "again"))
                .connect()) {
      assertThat(guard.spend(proof(1), young())).as("another name").isEqualTo(UNAVAILABLE);
    }
  }

  private RedisProcess tls(String name, Identity identity, ThrowAwayPki pki) {
    String chain = identity.writeCertificateChain(folder.resolve(name + ".pem")).toString();
    String key = identity.writePrivateKey(folder.resolve(name + ".key")).toString();
    String trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem")).toString();
    Identity client = pki.clientCertificate("CN=cli");
    return RedisProcess.started(
        folder.resolve(name),
        new ArrayList<>(
            List.of(
                "--tls",
                "--sni",
                "localhost",
                "--cacert",
                trusted,
                "--cert",
                client.writeCertificateChain(folder.resolve("cli.pem")).toString(),
                "--key",
                client.writePrivateKey(folder.resolve("cli.key")).toString())),
        "tls-port PORT",
        "tls-cert-file " + chain,
        "tls-key-file " + key,
        "tls-ca-cert-file " + trusted,
        "tls-auth-clients yes");
  }

  private RedisTls identity(Identity client, ThrowAwayPki pki, String name) {
    String trusted = pki.writeTrustedCertificates(folder.resolve("ca.pem")).toString();
    return new RedisTls(
        PemFiles.identity(
            "certificate",
            client.writeCertificateChain(folder.resolve(name + ".pem")).toString(),
            "key",
            client.writePrivateKey(folder.resolve(name + ".key")).toString()),
        PemFiles.trust("trust", trusted));
  }
}
