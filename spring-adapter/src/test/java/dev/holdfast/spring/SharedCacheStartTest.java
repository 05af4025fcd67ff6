package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Verification;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.introspection.shared.SharedStatistics;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.redis.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Two applications that share introspection answers in the Redis that Boot's settings name. */
@Tag("verify")
class SharedCacheStartTest {
  @TempDir Path folder;

  @Test
  void applicationsShareInTheRedisOfBootsSettings() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    ThrowAwayPki pki = ThrowAwayPki.create();
    Path trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
    try (TestIssuer issuer = TestIssuer.start(pki);
        RedisProcess redis = RedisProcess.started(folder.resolve("redis"))) {
      String entry = "holdfast.tokens.issuers[0].";
      WebApplicationContextRunner application =
          new WebApplicationContextRunner()
              .withConfiguration(StartTest.ALL)
              .withConfiguration(AutoConfigurations.of(BootParts.resourceServer()))
              .withPropertyValues(
                  entry + "issuer=" + issuer.issuer(),
                  entry + "trusted-certificates=" + trusted,
                  entry + "introspection.uri=" + issuer.introspectionUri(),
                  entry + "introspection.client-id=" + TestIssuer.CLIENT_ID,
                  entry + "introspection.client-secret=" + TestIssuer.CLIENT_SECRET,
                  "holdfast.tokens.cache.shared=redis",
                  "holdfast.tokens.cache.encryption-key="
                      + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                  "spring.data.redis.host=127.0.0.1",
                  "spring.data.redis.port=" + redis.port());
      PresentedToken token = PresentedToken.of(Scheme.BEARER, issuer.opaque(issuer.claims(null)));
      application.run(
          one ->
              application.run(
                  other -> {
                    Assembly first = one.getBean(Assembly.class);
                    Assembly second = other.getBean(Assembly.class);
                    assertThat(first.tokens().verify(token).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(Verification.Valid.class);
                    assertThat(
                            Await.within(Duration.ofSeconds(20), () -> seen(first).written() > 0))
                        .isTrue();
                    assertThat(second.tokens().verify(token).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(Verification.Valid.class);
                    assertThat(seen(second).hits()).isEqualTo(1);
                    assertThat(issuer.introspections()).isEqualTo(1);
                  }));
    }
  }

  private static SharedStatistics seen(Assembly assembly) {
    return Objects.requireNonNull(assembly.sharedCache());
  }
}
