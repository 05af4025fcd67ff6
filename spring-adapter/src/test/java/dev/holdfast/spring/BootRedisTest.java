package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where the shared store is: Holdfast's own setting, or else the application's. */
class BootRedisTest {
  private static final String SHARED = "holdfast.dpop.replay.store";

  private static String uri(String... namesAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    HoldfastProperties bound =
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("holdfast", HoldfastProperties.class);
    return new BootRedis(environment).settings(bound).uri();
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
}
