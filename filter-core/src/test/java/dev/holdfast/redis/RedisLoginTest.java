package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.spend;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisTls;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("verify")
class RedisLoginTest {
  private static final Duration ENOUGH = Duration.ofSeconds(5);
  @TempDir Path files;

  @Test
  void aWrongPasswordAcceptsNothingAndNoPasswordIsLogged() throws InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler recorder = recorder(lines);
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    root.setLevel(Level.FINE); // at FINEST, Lettuce writes down what it sends
    root.addHandler(recorder);
    try (LocalRedis redis = LocalRedis.started("requirepass s3cret-pass");
        RedisReplayGuard wrong = guard(redis, ":wr0ng-pass@");
        RedisReplayGuard none = guard(redis, "");
        RedisReplayGuard right = guard(redis, ":s3cret-pass@")) {
      assertThat(within60Seconds(() -> spend(right, 1) == FIRST)).isTrue();
      for (int i = 2; i < 5; i++) {
        assertThat(spend(wrong, i)).isEqualTo(UNAVAILABLE);
        assertThat(spend(none, i)).isEqualTo(UNAVAILABLE);
      }
      assertThat(right + "" + wrong).doesNotContain("pass");
    } finally {
      root.removeHandler(recorder);
      root.setLevel(before);
    }
    assertThat(lines).noneMatch(line -> line.contains("s3cret") || line.contains("wr0ng"));
    assertThat(lines).anyMatch(line -> line.contains("cannot be asked"));
  }

  @Test
  void aRealTlsRedisIsTrustedByItsCertificateAndNotOtherwise() throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create();
    try (LocalRedis redis = tls(pki.serverCertificate(), pki);
        RedisReplayGuard trusting = tlsGuard(redis, "localhost", trust(pki));
        RedisReplayGuard byDefault = tlsGuard(redis, "localhost", null);
        RedisReplayGuard byOther = tlsGuard(redis, "localhost", trust(ThrowAwayPki.create()))) {
      assertThat(within60Seconds(() -> spend(trusting, 1) == FIRST)).isTrue();
      assertThat(spend(byDefault, 2)).isEqualTo(UNAVAILABLE);
      assertThat(spend(byOther, 3)).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void aTlsRedisUnderAnotherNameIsNotSpokenTo() throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Identity elsewhere = pki.serverCertificate(Validity.current(), List.of("redis.example"));
    try (LocalRedis redis = tls(elsewhere, pki);
        RedisReplayGuard guard = tlsGuard(redis, "localhost", trust(pki))) {
      for (int i = 0; i < 3; i++) {
        assertThat(spend(guard, i)).isEqualTo(UNAVAILABLE);
      }
    }
  }

  private LocalRedis tls(Identity identity, ThrowAwayPki pki) {
    Path chain = identity.writeCertificateChain(files.resolve("chain.pem"));
    Path key = identity.writePrivateKey(files.resolve("key.pem"));
    Path trusted = pki.writeTrustedCertificates(files.resolve("trusted.pem"));
    return LocalRedis.started(
        "tls-port PORT",
        "tls-cert-file " + chain,
        "tls-key-file " + key,
        "tls-ca-cert-file " + trusted,
        "tls-auth-clients no");
  }

  private static RedisReplayGuard tlsGuard(
      LocalRedis redis, String host, TrustManagerFactory trust) {
    RedisReplayGuard.Builder builder =
        RedisReplayGuard.at(
            RedisAddress.of("rediss://" + host + ":" + redis.port()), ConfirmationMethod.DPOP);
    return (trust == null ? builder : builder.tls(new RedisTls(null, trust)))
        .deadline(ENOUGH)
        .connect();
  }

  private static TrustManagerFactory trust(ThrowAwayPki pki) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", pki.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static RedisReplayGuard guard(LocalRedis redis, String login) {
    String uri = "redis://" + login + "127.0.0.1:" + redis.port();
    return RedisReplayGuard.at(RedisAddress.of(uri), ConfirmationMethod.DPOP)
        .deadline(ENOUGH)
        .connect();
  }

  private static Handler recorder(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getMessage() + line.getThrown() + List.of(parameters(line)));
      }

      private Object[] parameters(LogRecord line) {
        return line.getParameters() == null ? new Object[0] : line.getParameters();
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
