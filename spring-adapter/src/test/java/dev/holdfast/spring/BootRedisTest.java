package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.redis.BootRedis;
import dev.holdfast.spring.boot.redis.RedisConnectionDetails;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where the shared store is: Holdfast's own setting, or else the application's. */
@Tag("verify")
class BootRedisTest {
  private static final String SHARED = "holdfast.dpop.replay.store";
  private static final String PREFIX = "spring.data.redis.";
  private static final String URL = PREFIX + "url";
  private static final String HOST = PREFIX + "host";
  private static final String TLS = PREFIX + "ssl.enabled";
  private static final String BUNDLE = PREFIX + "ssl.bundle";

  private static String uri(String... namesAndValues) {
    return uri((RedisConnectionDetails) null, namesAndValues);
  }

  private static String uri(RedisConnectionDetails details, String... namesAndValues) {
    return redis(details, namesAndValues).uri();
  }

  private static RedisSettings redis(RedisConnectionDetails details, String... namesAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    HoldfastSettings read =
        HoldfastProperties.settings(
            HoldfastProperties.of(environment).getWritten(),
            (issuer, bundle, certificates) -> null);
    return new BootRedis(environment, details).settings(read);
  }

  @Test
  void theApplicationsOwnSettingsAreTakenWhereNothingElseIsSaid() {
    assertThat(uri(SHARED, "redis", "spring.data.redis.host", "cache.internal"))
        .isEqualTo("redis://cache.internal:6379/0");
    assertThat(uri(SHARED, "redis", "spring.data.redis.url", "rediss://:p@cache.internal"))
        .isEqualTo("rediss://:p@cache.internal");
    assertThat(
            uri(
                SHARED,
                "redis",
                "spring.data.redis.host",
                "::1",
                "spring.data.redis.port",
                "7000",
                "spring.data.redis.database",
                "3",
                "spring.data.redis.username",
                "api user",
                "spring.data.redis.password",
                "p@ss/word+",
                "spring.data.redis.ssl.enabled",
                "true"))
        .isEqualTo("rediss://api%20user:p%40ss%2Fword%2B@[::1]:7000/3");
    assertThat(
            uri(
                SHARED,
                "redis",
                "spring.data.redis.host",
                "cache.internal",
                "holdfast.redis.uri",
                "redis://other.internal"))
        .isEqualTo("redis://other.internal");
  }

  @Test
  void aPasswordNeedsNoUserAndTheUrlComesBeforeTheHost() {
    String host = "spring.data.redis.host";
    assertThat(uri(SHARED, "redis", host, "one.internal", "spring.data.redis.password", "s3cret"))
        .isEqualTo("redis://:s3cret@one.internal:6379/0");
    String url = "rediss://two.internal";
    assertThat(uri(SHARED, "redis", host, "one.internal", "spring.data.redis.url", url))
        .isEqualTo(url);
  }

  @Test
  void nobodyIsAskedWhereNothingIsShared() {
    assertThat(uri("spring.data.redis.host", "cache.internal")).isNull();
    assertThat(uri(SHARED, "redis")).isNull();
  }

  @Test
  void tlsIsSpokenWhereBootSpeaksIt_C16() {
    assertThat(uri(SHARED, "redis", URL, "redis://:p@c.internal", TLS, "true"))
        .isEqualTo("rediss://:p@c.internal");
    assertThat(uri(SHARED, "redis", URL, "REDIS://c.internal", TLS, "true"))
        .isEqualTo("rediss://c.internal");
    assertThat(uri(SHARED, "redis", URL, "rediss://c.internal", TLS, "false"))
        .isEqualTo("rediss://c.internal");
    assertThat(uri(SHARED, "redis", HOST, "c.internal", TLS, "false", BUNDLE, "b"))
        .isEqualTo("redis://c.internal:6379/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.bundle",
        "sentinel.master",
        "sentinel.nodes",
        "sentinel.nodes[0]",
        "cluster.nodes",
        "cluster.max-redirects",
        "masterreplica.nodes",
        "client-name",
        "clientName",
        "timeout",
        "connect-timeout"
      })
  void whatCannotBeTakenOverStopsTheStart_C16(String name) {
    for (String where : List.of(HOST, URL)) {
      String value = where.equals(URL) ? "redis://c.internal" : "c.internal";
      assertThatThrownBy(() -> uri(SHARED, "redis", where, value, PREFIX + name, "1"))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageStartingWith(
              PREFIX + name.replace("clientName", "client-name").replaceAll("[.](?!bundle).*", ""))
          .hasMessageContaining("holdfast.redis.uri");
      assertThat(
              uri(
                  SHARED,
                  "redis",
                  where,
                  value,
                  PREFIX + name,
                  "1",
                  "holdfast.redis.uri",
                  "rediss://ours.internal"))
          .isEqualTo("rediss://ours.internal");
      assertThat(uri(where, value, PREFIX + name, "1")).as("nothing is shared").isNull();
    }
  }

  /** They say how the application's client library works, and not where Redis is. */
  @Test
  void whatIsTheClientLibrarysIsNoReasonToStop_C16() {
    assertThat(
            uri(
                SHARED,
                "redis",
                HOST,
                "c.internal",
                PREFIX + "client-type",
                "lettuce",
                PREFIX + "lettuce.pool.max-active",
                "8",
                PREFIX + "repositories.enabled",
                "false"))
        .isEqualTo("redis://c.internal:6379/0");
  }

  @Test
  void thePrefixIsHoldfastsOwnWhoeverSaysWhereRedisIs() {
    String[] own = {SHARED, "redis", HOST, "c.internal", "holdfast.redis.prefix", "edge"};
    assertThat(redis(null, own)).isEqualTo(new RedisSettings("redis://c.internal:6379/0", "edge"));
  }

  @Test
  void anAddressThatCannotBeReadIsNamedAsItWasWritten_C16() {
    for (String[] written :
        new String[][] {{URL, "redis://secret@c.internal"}, {URL, "nonsense"}, {HOST, "a b"}}) {
      new WebApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(HoldfastAutoConfiguration.class))
          .withPropertyValues(
              StartTest.ISSUER,
              StartTest.AUDIENCE,
              SHARED + "=redis",
              written[0] + "=" + written[1])
          .run(
              context ->
                  assertThat(context.getStartupFailure())
                      .hasStackTraceContaining(written[0] + ": ")
                      .satisfies(
                          failed -> assertThat(String.valueOf(failed)).doesNotContain("secret")));
    }
  }

  @Test
  void aServiceConnectionOverridesTheProperties_C16() {
    assertThat(
            uri(
                service(new BootParts.RedisService("s.internal", null)),
                SHARED,
                "redis",
                HOST,
                "c.internal"))
        .isEqualTo("redis://api:s3cret@s.internal:7000/2");
    for (BootParts.RedisService refused :
        List.of(
            new BootParts.RedisService("s.internal", SslBundle.systemDefault()),
            new BootParts.RedisService(null, null))) {
      assertThatThrownBy(() -> uri(service(refused), SHARED, "redis", HOST, "c.internal"))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("RedisConnectionDetails")
          .hasMessageContaining("holdfast.redis.uri");
    }
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(BootParts.REDIS))
        .run(
            context ->
                assertThat(RedisConnectionDetails.of(context)).as("of the properties").isNull());
  }

  private static RedisConnectionDetails service(BootParts.RedisService details) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("service", details));
    return RedisConnectionDetails.of(beans);
  }
}
