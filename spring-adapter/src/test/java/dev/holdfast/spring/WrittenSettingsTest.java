package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What is written is looked at before Boot turns it into what is absent. */
@Tag("verify")
class WrittenSettingsTest {
  private static final String[] ISSUER = {
    "holdfast.tokens.issuers[0].issuer=https://issuer.example",
    "holdfast.tokens.issuers[0].audiences=https://api.example"
  };

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner().withConfiguration(StartTest.ALL);

  private static StandardEnvironment environment(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return environment;
  }

  private static StandardEnvironment variables(Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    return environment;
  }

  private static void assertRefused(StandardEnvironment environment, String... texts) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> new WrittenSettings(environment).check())
        .satisfies(refused -> assertThat(refused.getMessage()).contains(texts));
  }

  @Test
  void aPlaceholderWithoutAValueStopsTheStart_C10() {
    assertRefused(
        environment(Map.of("holdfast.tokens.issuers[0].audiences", "${API_AUDIENCES}")),
        "holdfast.tokens.issuers[0].audiences",
        "${API_AUDIENCES}",
        "has no value");
  }

  @Test
  void whatOnlySpringHasIsKnown() {
    assertThatCode(
            () ->
                new WrittenSettings(
                        environment(
                            Map.of(
                                "holdfast.tokens.chains-of-others", "partners",
                                "holdfast.tokens.attributes-without-cnf", "unbound")))
                    .check())
        .doesNotThrowAnyException();
  }

  @Test
  void securityWithoutRequestsStopsTheStart_C03() {
    web.withPropertyValues(ISSUER)
        .withPropertyValues("spring.security.filter.dispatcher-types=forward")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("spring.security.filter.dispatcher-types"));
  }

  static Stream<String> everyName() {
    return SettingsReader.names().stream().map(name -> name.replace("[]", "[0]"));
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void aBlankValueIsRefusedForEverySetting_C10(String name) {
    assertRefused(environment(Map.of(name, "")), name + ": it is empty");
    assertRefused(environment(Map.of(name, "  ")), name + ": it is empty");
    assertRefused(environment(Map.of(name, "${NOBODY:}")), name + ": it is \"${NOBODY:}\"");
    String variable =
        name.toUpperCase(Locale.ROOT).replaceAll("\\[(\\d)]", "_$1").replace('.', '_');
    assertRefused(variables(Map.of(variable.replace("-", ""), "")), name + ": it is empty");
    assertRefused(variables(Map.of(variable.replace('-', '_'), "")), name + ": it is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast.tokens.issuers[0].audiences=${API_AUDIENCES:}",
        "holdfast.proxies.certificates=${PC:}",
        "holdfast.certificate.header.verify-name=",
        "holdfast.proxies.external-uri=",
        "holdfast.dpop.nonce-secret=",
        "holdfast.rules[0].paths=${PUBLIC_PATHS:}",
        "holdfast.tokens.issuers[0].trusted-certificates=",
        "holdfast.cookies.names="
      })
  void aBlankValueStopsTheStart_C10(String property) {
    web.withPropertyValues(ISSUER)
        .withPropertyValues("holdfast.rules[0].policy=off", property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("InvalidSettingException")
                    .hasStackTraceContaining(property.substring(0, property.indexOf('=')))
                    .hasStackTraceContaining("empty"));
  }

  @Test
  void aBlankValueThatASourceBeforeItReplacesDoesNot_C10() {
    StandardEnvironment environment = environment(Map.of("holdfast.proxies.trusted[0]", "::1"));
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("file", Map.of("holdfast.proxies.trusted", "")));
    assertThatCode(() -> new WrittenSettings(environment).check()).doesNotThrowAnyException();
  }

  @Test
  void aRuleThatSelectsNothingStopsTheStart_C09() {
    web.withPropertyValues(ISSUER)
        .withPropertyValues("holdfast.rules[0].policy=off")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("holdfast.rules[0]: it names no path"));
  }

  @Test
  void aListOverTwoSourcesStopsTheStart_C09() {
    web.withPropertyValues(ISSUER)
        .withPropertyValues("holdfast.rules[0].policy=off")
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new MapPropertySource(
                            "file", Map.of("holdfast.rules[0].paths", "/public/**"))))
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDFAST_RULES_0_PATH,/public/**,HOLDFAST_RULES_0_PATHS",
    "HOLDFAST_DPOP_NONCES,always,HOLDFAST_DPOP_NONCE",
    "HOLDFAST_TOKENS_CACHE_SHARED,redis,no token is introspected",
    "holdfast.polcy,off,holdfast.policy"
  })
  void aVariableThatSetsNothingStopsTheStart_C09_C13(String name, String value, String text) {
    web.withPropertyValues(ISSUER)
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment", Map.of(name, value))))
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining(text));
  }

  @Test
  void lawfulVariablesPassAndCount_C13() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("HOLDFAST_TOKENS_ISSUERS_0_ISSUER", "https://issuer.example");
    variables.put("HOLDFAST_TOKENS_ISSUERS_0_JWKSETURI", "https://issuer.example/keys");
    variables.put("HOLDFAST_TOKENS_ISSUERS_0_AUDIENCES_0", "https://api.example");
    variables.put("HOLDFAST_RULES_0_HTTP_METHODS", "GET");
    variables.put("HOLDFAST_RULES_0_POLICY", "WHEN_BOUND");
    variables.put("HOLDFAST_DPOP_PROOF_LIFETIME", "30s");
    variables.put("HOLDFAST_SERVICE_HOST", "10.0.0.1");
    variables.put("HOLDFAST_API_PORT", "tcp://10.0.0.1:80");
    variables.put("HOLDFAST_REQUIRE_PROXIES", "");
    web.withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              var settings =
                  context.getBean(dev.holdfast.configuration.assembly.Assembly.class).settings();
              assertThat(settings.dpop().proofLifetime()).isEqualTo(Duration.ofSeconds(30));
              assertThat(settings.rules().get(0).httpMethods()).containsExactly("GET");
              assertThat(settings.tokens().issuers().get(0).jwkSetUri())
                  .isEqualTo("https://issuer.example/keys");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast.tokenBinding.source=none",
        "holdfast.token_binding.source=none",
        "holdfast.dpop.proofLifetime=60S",
        "holdfast.tokens.cache.ttl=1000000us",
        "holdfast.dpop.enabled=yes"
      })
  void spellingsOfBootPass_C10(String property) {
    web.withPropertyValues(ISSUER)
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void everyNumberIsRangeChecked_C17() throws IOException {
    List<String> numbers = DescribedSettings.names(Set.of("Integer", "Long", "Duration"));
    assertThat(numbers).hasSizeGreaterThan(15);
    for (String name : numbers) {
      for (String value : List.of("-1", "9999999999999999999", "PT-1S")) {
        assertRefused(environment(Map.of(name, value)), name + ": \"" + value + "\"");
      }
    }
  }

  /** JNDI is such a source: it can be asked for a name, and knows no list of its names. */
  @Test
  void aSourceThatCannotBeListedCounts() {
    Map<String, String> known =
        Map.of(
            "holdfast.tokens.issuers[0].issuer", "https://issuer.example",
            "holdfast.tokens.issuers[0].audiences[0]", "https://api.example",
            "holdfast.tokens.issuers[0].audiences[1]", "urn:api",
            "holdfast.tokens.issuers[1].introspection.uri", "https://other.example/introspect",
            "holdfast.tokens.issuers[1].introspection.client-id", "api",
            "holdfast.tokens.issuers[1].introspection.client-secret", "s3cret-of-the-api",
            "holdfast.tokens.issuers[1].audiences", "urn:api",
            "holdfast.dpop.proof-lifetime", "30s");
    PropertySource<Object> source =
        new PropertySource<>("names-only", new Object()) {
          @Override
          public @Nullable Object getProperty(String name) {
            return known.get(name);
          }
        };
    web.withInitializer(context -> context.getEnvironment().getPropertySources().addFirst(source))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              var settings =
                  context.getBean(dev.holdfast.configuration.assembly.Assembly.class).settings();
              assertThat(settings.dpop().proofLifetime()).isEqualTo(Duration.ofSeconds(30));
              assertThat(settings.tokens().issuers()).hasSize(2);
              assertThat(settings.tokens().issuers().get(0).audiences())
                  .containsExactlyInAnyOrder("https://api.example", "urn:api");
            });
  }

  @Test
  void aValueThatIsAListAlreadyCounts() {
    web.withPropertyValues(ISSUER)
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new MapPropertySource(
                            "code",
                            Map.of(
                                "holdfast.proxies.trusted",
                                List.of("10.0.0.0/8", "::1"),
                                "holdfast.dpop.algorithms",
                                new String[] {"ES256"},
                                "holdfast.dpop.clock-skew",
                                Duration.ofSeconds(3)))))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              var settings =
                  context.getBean(dev.holdfast.configuration.assembly.Assembly.class).settings();
              assertThat(settings.proxies().trusted()).containsExactly("10.0.0.0/8", "::1");
              assertThat(settings.dpop().algorithms()).containsExactly("ES256");
              assertThat(settings.dpop().clockSkew()).isEqualTo(Duration.ofSeconds(3));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.certificate.header.hops,4294967298,from 1 to 16",
    "holdfast.dpop.proof-lifetime,60,such as 60s",
    "holdfast.tokens.issuers[0].introspection.timeout,99999999999999999999s,from 1ms to 1m",
    "holdfast.tokens.issuers[0].isuer,isuer,The nearest is holdfast.tokens.issuers[].issuer",
    "holdfast.tokens.issuers[0].trusted-certificates,/no/such.pem,\"file:/no/such.pem\"",
    "holdfast.tokens.issuers[0].trusted-certificates,classpath:no-such.pem,classpath:no-such.pem"
  })
  void aFailureTextSaysWhatWasReadAndWhatToWrite_C17_C49(String name, String value, String text) {
    web.withPropertyValues(ISSUER)
        .withPropertyValues(name + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("InvalidSettingException")
                    .hasStackTraceContaining(name)
                    .hasStackTraceContaining(value)
                    .hasStackTraceContaining(text));
  }

  @Test
  void aMisspeltIssuerAloneIsExplained_C49() {
    web.withPropertyValues("holdfast.tokens.issuers[0].isuer=https://issuer.example")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("The nearest is holdfast.tokens.issuers[].issuer"));
  }
}
