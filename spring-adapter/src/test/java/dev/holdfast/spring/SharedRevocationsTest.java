package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.spring.boot.actuator.TokenEvictionEndpoint;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.redis.RedisProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Two applications of Boot's that share what is revoked, through the Redis of the application. */
@Tag("whole")
class SharedRevocationsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir private Path folder;

  private ConfigurableApplicationContext start(TestIssuer issuer, RedisProcess redis) {
    Map<String, String> settings = new HashMap<>();
    settings.put("management.endpoints.web.exposure.include", "holdfast");
    settings.put("management.endpoint.holdfast.access", "unrestricted");
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].ssl-bundle", "issuer");
    settings.put(
        "spring.ssl.bundle.pem.issuer.truststore.certificate",
        PKI.writeTrustedCertificates(folder.resolve("issuer.pem")).toUri().toString());
    settings.put("holdfast.events.store", "redis");
    settings.put("spring.data.redis.host", "127.0.0.1");
    settings.put("spring.data.redis.port", String.valueOf(redis.port()));
    return Boot.start(PKI, PKI.serverCertificate(), settings, RevokedTokensTest.Application.class);
  }

  private static String token(TestIssuer issuer, String subject) {
    Map<String, Object> claims = issuer.claims(RIGHTFUL.thumbprint());
    claims.put("sub", subject);
    claims.put("iat", System.currentTimeMillis() / 1000 - 5);
    return issuer.jwt(claims);
  }

  private static int get(ConfigurableApplicationContext app, String token) {
    try {
      return HttpClient.newBuilder()
          .sslContext(PKI.sslContext(RIGHTFUL))
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(
              HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + "/me"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatOneRevokesTheOtherRefuses() throws Exception {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    try (TestIssuer issuer = TestIssuer.start(PKI);
        RedisProcess redis = RedisProcess.started(folder.resolve("redis"));
        ConfigurableApplicationContext one = start(issuer, redis);
        ConfigurableApplicationContext other = start(issuer, redis)) {
      String ann = token(issuer, "ann");
      String ben = token(issuer, "ben");
      for (ConfigurableApplicationContext app : new ConfigurableApplicationContext[] {one, other}) {
        assertThat(get(app, ann)).isEqualTo(200);
        assertThat(get(app, ben)).isEqualTo(200);
      }
      one.getBean(TokenEviction.class).bySubject(issuer.issuer(), "ann");
      assertThat(get(one, ann)).isEqualTo(401);
      assertThat(Await.within(PATIENCE, () -> get(other, ann) == 401)).isTrue();
      other.getBean(TokenEviction.class).byToken(ben);
      assertThat(Await.within(PATIENCE, () -> get(one, ben) == 401)).isTrue();
      assertThat(get(one, token(issuer, "eve"))).isEqualTo(200);
      redis.kill();
      TokenEvictionEndpoint endpoint = one.getBean(TokenEvictionEndpoint.class);
      assertThat(endpoint.evict("subject", issuer.issuer(), "eve").getStatus()).isEqualTo(503);
      assertThat(get(one, token(issuer, "eve"))).isEqualTo(401);
      assertThatExceptionOfType(IssuerUnavailableException.class)
          .isThrownBy(() -> one.getBean(TokenEviction.class).bySubject(issuer.issuer(), "fay"));
      redis.start();
      assertThat(Await.within(PATIENCE, () -> get(other, token(issuer, "eve")) == 401)).isTrue();
    }
  }
}
