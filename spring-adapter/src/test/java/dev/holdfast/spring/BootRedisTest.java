package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.address.RedisTls;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.redis.BootRedis;
import dev.holdfast.spring.boot.redis.RedisConnectionDetails;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Where the shared store is: Holdfast's own setting, or else the application's. */
@Tag("verify")
class BootRedisTest {
  private static final String SHARED = "holdfast.dpop.replay.store";
  private static final BeanFactory NOTHING = new DefaultListableBeanFactory();
  private static final String PREFIX = "spring.data.redis.";
  private static final String URL = PREFIX + "url";
  private static final String HOST = PREFIX + "host";
  private static final String TLS = PREFIX + "ssl.enabled";
  private static final String BUNDLE = PREFIX + "ssl.bundle";

  private static String uri(String... namesAndValues) {
    return redis(NOTHING, namesAndValues).uri();
  }

  private static RedisSettings redis(BeanFactory beans, String... namesAndValues) {
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
    return new BootRedis(environment, beans.getBeanProvider(SslBundles.class), beans)
        .settings(read);
  }

  private static BeanFactory beans(Map<String, ?> named) {
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    named.forEach(beans::registerSingleton);
    return beans;
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
  void theCacheThatNodesShareIsThereToo_unlessItHasARedisOfItsOwn() {
    String cache = "holdfast.tokens.cache.shared";
    assertThat(uri(cache, "redis", HOST, "cache.internal"))
        .isEqualTo("redis://cache.internal:6379/0");
    String own = "holdfast.tokens.cache.redis-uri";
    assertThat(redis(NOTHING, cache, "redis", own, "redis://own", HOST, "cache.internal").uri())
        .isNull();
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
  @CsvSource({
    "ssl.bundle, unknown",
    "sentinel.master, mymaster",
    "sentinel.nodes, one:26379",
    "sentinel.nodes[0], one:26379",
    "cluster.nodes, one",
    "cluster.nodes[0], one:port",
    "cluster.max-redirects, 3",
    "masterreplica.nodes, one:6379",
    "client-name, two words",
    "clientName, two words",
    "timeout, 0ms",
    "timeout, 11s",
    "connect-timeout, 0ms",
    "connect-timeout, 61s"
  })
  void whatCannotBeTakenOverStopsTheStart_C16(String name, String text) {
    for (String where : List.of(HOST, URL)) {
      String value = where.equals(URL) ? "redis://c.internal" : "c.internal";
      assertThatThrownBy(() -> uri(SHARED, "redis", where, value, PREFIX + name, text))
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
                  text,
                  "holdfast.redis.uri",
                  "rediss://ours.internal"))
          .isEqualTo("rediss://ours.internal");
      assertThat(uri(where, value, PREFIX + name, text)).as("nothing is shared").isNull();
    }
  }

  @Test
  void sentinelsComeBeforeAClusterAndThatBeforeAHost_C16() {
    String[] sentinels = {
      SHARED,
      "redis",
      HOST,
      "c.internal",
      PREFIX + "sentinel.master",
      "mymaster",
      PREFIX + "sentinel.nodes",
      "one:26379, ::1:26380",
      PREFIX + "sentinel.username",
      "watch",
      PREFIX + "sentinel.password",
      "w4tch",
      PREFIX + "cluster.nodes",
      "three:6379",
      PREFIX + "username",
      "api",
      PREFIX + "password",
      "p@ss",
      PREFIX + "database",
      "2",
      TLS,
      "true"
    };
    RedisSettings read = redis(NOTHING, sentinels);
    assertThat(read.uri())
        .isEqualTo("rediss-sentinel://api:p%40ss@one:26379,[::1]:26380/2#mymaster");
    assertThat(read.sentinelUsername()).isEqualTo("watch");
    assertThat(read.sentinelPassword()).isEqualTo("w4tch");

    String[] cluster = {
      SHARED,
      "redis",
      HOST,
      "c.internal",
      PREFIX + "cluster.nodes[0]",
      "one:7000",
      PREFIX + "cluster.nodes[1]",
      "two:7001",
      PREFIX + "cluster.max-redirects",
      "3",
      PREFIX + "password",
      "s3cret"
    };
    assertThat(uri(cluster)).isEqualTo("redis://:s3cret@one:7000,two:7001");
  }

  @Test
  void besideSentinelsAUrlSaysWhoSpeaks_C16() {
    String[] written = {
      SHARED,
      "redis",
      URL,
      "rediss://api:p%40ss@c.internal/3",
      PREFIX + "username",
      "other",
      PREFIX + "password",
      "other",
      PREFIX + "sentinel.master",
      "mymaster",
      PREFIX + "sentinel.nodes",
      "one:26379"
    };
    assertThat(uri(written)).isEqualTo("rediss-sentinel://api:p%40ss@one:26379/3#mymaster");
  }

  @Test
  void timeoutsAndTheNameAreTheApplications_C16() {
    String[] written = {
      SHARED,
      "redis",
      HOST,
      "c.internal",
      PREFIX + "timeout",
      "2s",
      PREFIX + "connect-timeout",
      "700ms",
      PREFIX + "client-name",
      "payments"
    };
    assertThat(redis(NOTHING, written).application())
        .isEqualTo(
            RedisOptions.DEFAULTS
                .withDeadline(Duration.ofSeconds(2))
                .withConnectLimit(Duration.ofMillis(700))
                .withClientName("payments"));
  }

  @Test
  void anSslBundleIsTakenWhole_C16() {
    DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
    SslBundle system = SslBundle.systemDefault();
    bundles.registerBundle(
        "own",
        SslBundle.of(
            system.getStores(),
            system.getKey(),
            SslOptions.of(Set.of("TLS_AES_128_GCM_SHA256"), Set.of("TLSv1.3")),
            "TLS",
            system.getManagers()));
    BeanFactory beans = beans(Map.of("sslBundles", bundles));

    RedisSettings read = redis(beans, SHARED, "redis", HOST, "c.internal", BUNDLE, "own");

    assertThat(read.uri()).isEqualTo("rediss://c.internal:6379/0");
    RedisTls tls = read.application().tls();
    assertThat(tls.identity()).isSameAs(system.getManagers().getKeyManagerFactory());
    assertThat(tls.trust()).isSameAs(system.getManagers().getTrustManagerFactory());
    assertThat(tls.ciphers()).containsExactly("TLS_AES_128_GCM_SHA256");
    assertThat(tls.protocols()).containsExactly("TLSv1.3");
    assertThat(uri(SHARED, "redis", HOST, "c.internal", BUNDLE, "own", TLS, "false"))
        .isEqualTo("redis://c.internal:6379/0");
  }

  @Test
  void whatBelongsToOurOwnAddressIsNotMixedWithTheApplications() {
    assertThatThrownBy(
            () ->
                uri(
                    SHARED,
                    "redis",
                    HOST,
                    "c.internal",
                    "holdfast.redis.trusted-certificates",
                    "ca.pem"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("holdfast.redis.trusted-certificates:")
        .hasMessageContaining("holdfast.redis.uri");
  }

  @Test
  void aConnectionThatTheApplicationMakesItselfStopsTheStart_C16() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(BootParts.REDIS))
        .run(
            context ->
                assertThat(redis(context, SHARED, "redis", HOST, "c.internal").uri())
                    .as("Boot's own")
                    .isEqualTo("redis://c.internal:6379/0"));
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(BootParts.REDIS))
        .withUserConfiguration(OwnFactory.class)
        .run(
            context -> {
              assertThatThrownBy(() -> redis(context, SHARED, "redis", HOST, "c.internal"))
                  .isInstanceOf(InvalidSettingException.class)
                  .hasMessageContaining("elsewhere")
                  .hasMessageContaining("RedisConnectionFactory")
                  .hasMessageContaining("holdfast.redis.uri");
              String ours = "rediss://ours.internal";
              assertThat(redis(context, SHARED, "redis", "holdfast.redis.uri", ours).uri())
                  .isEqualTo(ours);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnFactory {
    @Bean
    LettuceConnectionFactory elsewhere() {
      return new LettuceConnectionFactory("elsewhere.internal", 6379);
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
    RedisSettings read = redis(NOTHING, own);
    assertThat(read.uri()).isEqualTo("redis://c.internal:6379/0");
    assertThat(read.prefix()).isEqualTo("edge");
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
    SslBundle bundle = SslBundle.systemDefault();
    assertThat(ofService(new BootParts.RedisService("s.internal", null)).uri())
        .isEqualTo("redis://api:s3cret@s.internal:7000/2");
    RedisSettings overTls = ofService(new BootParts.RedisService("s.internal", bundle));
    assertThat(overTls.uri()).isEqualTo("rediss://api:s3cret@s.internal:7000/2");
    assertThat(overTls.application().tls().trust())
        .isSameAs(bundle.getManagers().getTrustManagerFactory());
    assertThat(ofService(new BootParts.RedisNodes(false, bundle)).uri())
        .isEqualTo("rediss://:s3cret@one:1,two:2");
    RedisSettings sentinels = ofService(new BootParts.RedisNodes(true, null));
    assertThat(sentinels.uri()).isEqualTo("redis-sentinel://:s3cret@one:1,two:2/3#mymaster");
    assertThat(sentinels.sentinelUsername()).isEqualTo("watch");
    assertThat(sentinels.sentinelPassword()).isEqualTo("w4tch");
    assertThatThrownBy(() -> ofService(new BootParts.RedisService(null, null)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("RedisConnectionDetails")
        .hasMessageContaining("holdfast.redis.uri");
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(BootParts.REDIS))
        .run(
            context ->
                assertThat(RedisConnectionDetails.of(context)).as("of the properties").isNull());
  }

  private static RedisSettings ofService(Object details) {
    return redis(beans(Map.of("service", details)), SHARED, "redis", HOST, "c.internal");
  }
}
