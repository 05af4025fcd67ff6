package dev.holdfast.configuration.assembly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.AccessToken;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.redis.RedisProcess;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of one service that share introspection answers in a real Redis. */
@Tag("verify")
class SharedCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;

  private static TestIssuer issuer;
  private static Path trusted;
  private static RedisProcess redis;
  private static SharedNode one;
  private static SharedNode other;

  @BeforeAll
  static void start() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    ThrowAwayPki pki = ThrowAwayPki.create();
    issuer = TestIssuer.start(pki);
    trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
    redis = RedisProcess.started(folder.resolve("redis"));
    one = node();
    other = node();
  }

  @AfterAll
  static void stop() {
    if (issuer != null) {
      one.close();
      other.close();
      issuer.close();
      redis.close();
    }
  }

  private static String uri() {
    return "redis://127.0.0.1:" + redis.port();
  }

  private static SharedNode node(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    if (!all.contains("tokens.cache.redis-uri")) {
      all.addAll(List.of("redis.uri", uri()));
    }
    return SharedNode.of(issuer, trusted, all.toArray(String[]::new));
  }

  private static Map<String, Object> claims(String subject) {
    return Map.of(
        "active",
        true,
        "sub",
        subject,
        "exp",
        Instant.now().plusSeconds(3600).getEpochSecond(),
        "cnf",
        Map.of("jkt", "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
  }

  private static void awaitWritten(SharedNode node, long entries) throws InterruptedException {
    assertThat(Await.within(PATIENCE, () -> node.statistics().written() >= entries)).isTrue();
  }

  @Test
  void whatOneNodeWasToldTheOthersKnow() throws Exception {
    String token = issuer.opaque(claims("alice"));
    int before = issuer.introspections();
    long written = one.statistics().written();
    one.verify(token);
    awaitWritten(one, written + 1);

    Verification.Valid valid = (Verification.Valid) other.verify(token);

    assertThat(valid.token().subject()).isEqualTo("alice");
    assertThat(valid.token().confirmation())
        .isEqualTo(((Verification.Valid) one.verify(token)).token().confirmation());
    assertThat(issuer.introspections() - before).isEqualTo(1);
    assertThat(other.statistics().hits()).isGreaterThan(0);
  }

  /** 500 callers with one token that nobody knows yet, on three nodes. */
  private static int callsOf500(SharedNode... nodes) throws Exception {
    for (SharedNode node : nodes) {
      node.verify(issuer.opaque(claims("first")));
    }
    String token = issuer.opaque(claims("crowd"));
    int before = issuer.introspections();
    ExecutorService callers = Executors.newFixedThreadPool(500);
    try {
      List<Callable<Verification>> calls = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        SharedNode node = nodes[i % nodes.length];
        calls.add(() -> node.verify(token));
      }
      for (Future<Verification> answer : callers.invokeAll(calls)) {
        assertThat(answer.get()).isInstanceOf(Verification.Valid.class);
      }
    } finally {
      callers.shutdownNow();
    }
    return issuer.introspections() - before;
  }

  @Test
  void fiveHundredCallersOnThreeNodesAreOneCallToTheIssuer_andThreeWithoutSharing()
      throws Exception {
    String[] crowd = {"tokens.issuers[0].max-concurrent-calls", "500"};
    try (SharedNode one = node(crowd);
        SharedNode two = node(crowd);
        SharedNode three = node(crowd)) {
      assertThat(callsOf500(one, two, three)).isEqualTo(1);
    }
    try (SharedNode one = SharedNode.alone(issuer, trusted, crowd);
        SharedNode two = SharedNode.alone(issuer, trusted, crowd);
        SharedNode three = SharedNode.alone(issuer, trusted, crowd)) {
      assertThat(callsOf500(one, two, three)).isEqualTo(3);
    }
  }

  @Test
  void aRefusalIsSharedToo() throws Exception {
    String token = issuer.opaque(Map.of("active", false));
    long written = one.statistics().written();
    int before = issuer.introspections();
    assertThat(one.verify(token)).isInstanceOf(Verification.Invalid.class);
    awaitWritten(one, written + 1);
    assertThat(other.verify(token)).isInstanceOf(Verification.Invalid.class);
    assertThat(issuer.introspections() - before).isEqualTo(1);
  }

  /** Whoever reads Redis finds no token, no digest of one that he could compute, and no claim. */
  @Test
  void nobodyReadsInRedisWhatTheIssuerSaid() throws Exception {
    redis.command("FLUSHALL");
    String token = issuer.opaque(claims("alice-of-the-ninth-floor"));
    long written = one.statistics().written();
    one.verify(token);
    awaitWritten(one, written + 1);
    Sha256Digest digest = Sha256Digest.of(token.getBytes(US_ASCII));
    byte[] raw = MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
    List<String> keys = redis.command("KEYS", "*").lines().toList();
    assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("holdfast:token:"));
    StringBuilder all = new StringBuilder(String.join("\n", keys));
    for (String key : keys) {
      all.append(redis.bytes("GET", key));
    }
    assertThat(all.length()).isGreaterThan(200);
    assertThat(all.toString())
        .doesNotContain(token)
        .doesNotContain(token.substring(7))
        .doesNotContain(digest.toBase64Url())
        .doesNotContain(HexFormat.of().formatHex(raw))
        .doesNotContain(new String(raw, ISO_8859_1))
        .doesNotContain("alice")
        .doesNotContain("active")
        .doesNotContain("jkt")
        .doesNotContain("NzbLsXh8uDCcd");
  }

  @Test
  void whatIsForgedInRedisIsNotUsed() throws Exception {
    redis.command("FLUSHALL");
    redis.command("FLUSHALL");
    long unreadable = other.statistics().unreadable();
    String mine = issuer.opaque(claims("mallory"));
    long written = one.statistics().written();
    one.verify(mine);
    awaitWritten(one, written + 1);
    String entry = entries().get(0);
    String hers = issuer.opaque(claims("alice"));
    one.verify(hers);
    awaitWritten(one, written + 2);
    String target = entries().stream().filter(key -> !key.equals(entry)).findFirst().orElseThrow();
    assertThat(redis.command("COPY", entry, target, "REPLACE")).contains("1");

    Verification.Valid answer = (Verification.Valid) other.verify(hers);

    assertThat(answer.token().subject()).isEqualTo("alice");
    assertThat(other.statistics().unreadable() - unreadable).isEqualTo(1);
    redis.command("SET", entry, "nonsense", "EX", "60");
    assertThat(((Verification.Valid) other.verify(mine)).token().subject()).isEqualTo("mallory");
    assertThat(other.statistics().unreadable() - unreadable).isEqualTo(2);
  }

  private static List<String> entries() {
    return redis
        .command("KEYS", "holdfast:token:{*}")
        .lines()
        .filter(line -> line.startsWith("holdfast:"))
        .toList();
  }

  @Test
  void withAnotherKeyNothingIsShared() throws Exception {
    String key = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    try (SharedNode another = node("tokens.cache.encryption-key", key)) {
      String token = issuer.opaque(claims("alice"));
      int before = issuer.introspections();
      one.verify(token);
      another.verify(token);
      assertThat(issuer.introspections() - before).isEqualTo(2);
      assertThat(another.statistics().unreadable()).isZero();
    }
  }

  /** Each round: an issuer that has changed its mind, an eviction, and others in between. */
  @Test
  void whatWasEvictedNeverComesBack() throws Exception {
    ExecutorService others = Executors.newFixedThreadPool(4);
    SharedNode told = one;
    try {
      for (int round = 0; round < 20; round++) {
        String subject = "subject-" + round;
        String token = issuer.opaque(claims(subject));
        List<Future<?>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          SharedNode node = i % 2 == 0 ? told : other;
          racers.add(
              others.submit(
                  () -> {
                    for (int k = 0; k < 20; k++) {
                      node.verify(token);
                    }
                    return null;
                  }));
        }
        told.verify(token);
        issuer.introspectAs(token, Map.of("active", false));
        if (round % 2 == 0) {
          told.assembly().eviction().bySubject(issuer.issuer(), subject);
        } else {
          told.assembly().eviction().byToken(token);
        }
        assertThat(told.verify(token))
            .as("round %d", round)
            .isInstanceOf(Verification.Invalid.class);
        for (Future<?> racer : racers) {
          racer.get();
        }
        assertThat(told.verify(token)).isInstanceOf(Verification.Invalid.class);
      }
    } finally {
      others.shutdownNow();
    }
  }

  @Test
  void withoutRedisEachNodeAsksTheIssuer_andAfterwardsTheyShareAgain() throws Exception {
    try (RedisProcess own = RedisProcess.started(folder.resolve("dies"));
        SharedNode one = node("tokens.cache.redis-uri", "redis://127.0.0.1:" + own.port());
        SharedNode two = node("tokens.cache.redis-uri", "redis://127.0.0.1:" + own.port())) {
      String token = issuer.opaque(claims("alice"));
      one.verify(token);
      own.kill();
      int before = issuer.introspections();
      AccessToken read = ((Verification.Valid) one.verify(token)).token();
      assertThat(read.subject()).isEqualTo("alice");
      for (int i = 0; i < 20; i++) {
        String next = issuer.opaque(claims("next"));
        assertThat(one.verify(next)).isInstanceOf(Verification.Valid.class);
        assertThat(two.verify(next)).isInstanceOf(Verification.Valid.class);
      }
      assertThat(issuer.introspections() - before).isEqualTo(40);

      own.start();
      assertThat(Await.within(PATIENCE, () -> share(one, two))).isTrue();
    }
  }

  private static boolean share(SharedNode one, SharedNode other) {
    try {
      String token = issuer.opaque(claims("again"));
      long hits = other.statistics().hits();
      one.verify(token);
      other.verify(token);
      return other.statistics().hits() > hits;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anIssuerThatIsAwayIsNeverAPass() throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Path root = pki.writeTrustedCertificates(folder.resolve("other.pem"));
    TestIssuer dying = TestIssuer.start(pki);
    try (SharedNode node = SharedNode.of(dying, root, "redis.uri", uri())) {
      String known = dying.opaque(claims("alice"));
      assertThat(node.verify(known)).isInstanceOf(Verification.Valid.class);
      dying.close();
      assertThat(node.verify(known)).isInstanceOf(Verification.Valid.class);
      assertThatThrownBy(() -> node.verify("opaque-unknown"))
          .hasCauseInstanceOf(IssuerUnavailableException.class);
    }
  }

  @Test
  void aFullRedisMakesEachNodeAsk() throws Exception {
    try (RedisProcess full = RedisProcess.started(folder.resolve("full"), "maxmemory 1kb");
        SharedNode node = node("tokens.cache.redis-uri", "redis://127.0.0.1:" + full.port())) {
      int before = issuer.introspections();
      for (int i = 0; i < 10; i++) {
        assertThat(node.verify(issuer.opaque(claims("alice"))))
            .isInstanceOf(Verification.Valid.class);
      }
      assertThat(issuer.introspections() - before).isEqualTo(10);
      assertThat(full.command("DBSIZE")).contains("0");
    }
  }

  @Test
  void theNodesTogetherTakeNoMoreThanTheyMay() throws Exception {
    redis.command("FLUSHALL");
    String large = "x".repeat(20_000);
    String[] small = {"tokens.cache.shared-max-bytes", "1048576"};
    try (SharedNode one = node(small);
        SharedNode two = node(small)) {
      for (int i = 0; i < 15; i++) {
        one.verify(issuer.opaque(claims(large + i)));
        two.verify(issuer.opaque(claims(large + i)));
      }
      assertThat(
              Await.within(PATIENCE, () -> one.statistics().full() + two.statistics().full() > 0))
          .isTrue();
      long bytes = 0;
      for (String key : redis.command("KEYS", "*").lines().toList()) {
        bytes += Long.parseLong(redis.command("MEMORY", "USAGE", key).replaceAll("[^0-9]", ""));
      }
      assertThat(bytes).isBetween(200_000L, 1_048_576L / 2);
      assertThat(redis.command("PTTL", "holdfast:token:bytes")).doesNotContain("-");
    }
  }
}
