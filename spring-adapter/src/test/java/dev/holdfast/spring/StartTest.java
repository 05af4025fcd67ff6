package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastElsewhereAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration;
import dev.holdfast.spring.boot.failures.Failures;
import dev.holdfast.spring.boot.meters.DecisionMeters;
import dev.holdfast.spring.issuers.HoldfastJwtDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/** What starts, what stops the start, and what gives way to whom. */
@Tag("verify")
class StartTest {
  static final String ISSUER = "holdfast.tokens.issuers[0].issuer=https://issuer.example";
  static final String AUDIENCE = "holdfast.tokens.issuers[0].audiences=https://api.example";
  static final AutoConfigurations ALL =
      BootParts.withSecurity(
          HoldfastAutoConfiguration.class,
          HoldfastWebSecurityAutoConfiguration.class,
          HoldfastElsewhereAutoConfiguration.class,
          SslAutoConfiguration.class);

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(ALL)
          .withConfiguration(AutoConfigurations.of(BootParts.resourceServer()));

  /** A customizer of the decoder, which does nothing, under the name that it has here. */
  static <T> void registerCustomizer(ConfigurableApplicationContext context) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) BootParts.decoderCustomizer();
    T customizer =
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, all) -> null));
    ((GenericApplicationContext) context).registerBean(type, () -> customizer);
  }

  @Test
  void oneIssuerIsEnough() {
    web.withPropertyValues(ISSUER, AUDIENCE)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(BindingEnforcer.class)
                    .hasSingleBean(HoldfastJwtDecoder.class)
                    .doesNotHaveBean(OpaqueTokenIntrospector.class)
                    .hasSingleBean(SecurityFilterChain.class)
                    .hasBean("holdfastSecurityFilterChain"));
  }

  /** Authorities are the roles here: a setting without an effect is none. */
  @Test
  void rolesFromIsForTheFilterWithoutSpring_C73() {
    web.withPropertyValues(ISSUER, AUDIENCE, "holdfast.roles-from=none")
        .run(context -> assertThat(context).hasNotFailed());
    web.withPropertyValues(ISSUER, AUDIENCE, "holdfast.roles-from=scope")
        .run(
            context ->
                assertThat(context)
                    .hasFailed()
                    .getFailure()
                    .hasStackTraceContaining("holdfast.roles-from")
                    .hasStackTraceContaining("JwtAuthenticationConverter"));
  }

  @Test
  void withoutAnyIssuerTheStartStops_T101() {
    web.run(
        context -> {
          assertThat(context).hasFailed();
          FailureAnalysis analysis = Failures.ofTokens(context.getStartupFailure());
          assertThat(analysis).isNotNull();
          assertThat(analysis.getDescription())
              .contains("holdfast.tokens.issuers")
              .contains("no issuer is configured");
          assertThat(analysis.getAction())
              .contains("Set holdfast.tokens.issuers[0].issuer")
              .contains("oauth2ResourceServer");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.polcy, required, holdfast.policy",
    "holdfast.tokens.issuers[0].audience, api, audiences",
    "holdfast.proxies.forwarding, forwarded, no proxy is trusted",
    "holdfast.proxies.trust-everyone, true, no proxy is trusted",
    "holdfast.proxies.trusted, 0.0.0.0/0, leave nobody out",
    "holdfast.proxies.trusted[0], proxy.example, names are not looked up",
    "holdfast.proxies.secret-header.name, X-Proxy, secret-header.value",
    "holdfast.certificate.source, header, certificate.header.format",
    "holdfast.certificate.header.name, X-Cert, certificate.header.format",
    "holdfast.token-binding.source, header, no proxy is trusted",
    "holdfast.token-binding.negotiation, configured, token-binding.source=tls",
    "holdfast.dpop.replay.store, redis, holdfast.redis.uri",
    "holdfast.events.transmitters[0].poll-uri, https://issuer.example, transmitters[0].issuer",
    "holdfast.tokens.cache.shared, redis, no token is introspected",
    "holdfast.tokens.issuers[1].issuer, http://issuer.example, https://",
    "holdfast.tokens.issuers[0].ssl-bundle, nobody, spring.ssl.bundle",
    "holdfast.tokens.issuers[0].trusted-certificates, /no/such/file.pem, PEM",
    "holdfast.dpop.algorithms, HS256, HS256",
    "holdfast.rules[0].paths, payments, /payments",
    "holdfast.tokens.issuers[0].introspection.uri, https://issuer.example/i, client-id"
  })
  void aSettingThatCannotBeSafeStopsTheStart_T101(String name, String value, String says) {
    web.withPropertyValues(ISSUER, AUDIENCE, name + "=" + value)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription() + analysis.getAction()).contains(says);
            });
  }

  @Test
  void aChainWithoutADecoderIsToldWhichSettingBringsOne() {
    assertMissing(
        ExistingChains.JwtChain.class,
        "oauth2ResourceServer with jwt(...)",
        "Set holdfast.tokens.issuers[0].issuer");
    assertMissing(
        ExistingChains.OpaqueChain.class,
        "oauth2ResourceServer with opaqueToken(...)",
        "introspection.uri");
  }

  private void assertMissing(Class<?> chain, String description, String action) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = Failures.ofVerifier(context.getStartupFailure());
              assertThat(analysis).isNotNull();
              assertThat(analysis.getDescription()).contains(description);
              assertThat(analysis.getAction()).contains(action);
            });
  }

  @Test
  void otherMissingBeansAreNotExplainedHere() {
    assertThat(Failures.ofVerifier(new NoSuchBeanDefinitionException(SecurityFilterChain.class)))
        .isNull();
  }

  /** A rule that never matches would be a policy that nobody has: an issuer is named first. */
  @Test
  void aRuleForAnIssuerThatIsNotConfiguredStopsTheStart_T101() {
    web.withPropertyValues(ISSUER, AUDIENCE, "holdfast.rules[0].issuers=https://mistyped.example")
        .withPropertyValues("holdfast.rules[0].policy=required")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void dpopCanBeSwitchedOff() {
    web.withPropertyValues(ISSUER, AUDIENCE, "holdfast.dpop.enabled=false")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void settingsReachThePolicyInAnySpelling() {
    web.withPropertyValues(ISSUER, AUDIENCE, "holdfast.policy=WHEN_BOUND")
        .run(
            context ->
                assertThat(context.getBean(Assembly.class).policy().requirements().get(0).mode())
                    .isEqualTo(Requirement.Mode.WHEN_BOUND));
  }

  @Test
  void theApplicationsOwnDecoderIsHonoured() {
    JwtDecoder own = token -> null;
    web.withPropertyValues(ISSUER, AUDIENCE)
        .withBean("own", JwtDecoder.class, () -> own)
        .run(
            context -> {
              assertThat(context).hasSingleBean(JwtDecoder.class);
              assertThat(context.getBean(JwtDecoder.class)).isSameAs(own);
              assertThat(context).doesNotHaveBean("holdfastSecurityFilterChain");
            });
  }

  @Test
  void theApplicationsOwnDecoderNeedsNoIssuerOfOurs() {
    web.withBean("own", JwtDecoder.class, () -> token -> null)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aCustomizedDecoderOfBootsIsHonoured() {
    web.withPropertyValues(
            "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.example")
        .withInitializer(StartTest::registerCustomizer)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(JwtDecoder.class)
                    .doesNotHaveBean(HoldfastJwtDecoder.class));
  }

  @Test
  void aKeySetWithoutAnIssuerIsBootsOwnBusiness() {
    web.withPropertyValues(
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://issuer.example/jwks")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(HoldfastJwtDecoder.class)
                    .doesNotHaveBean(OpaqueTokenIntrospector.class)
                    .hasBean("jwtSecurityFilterChain"));
  }

  /** Spring Security would ask it about every token that an enforced chain has refused. */
  @Test
  void noAuthenticationManagerIsPublished() {
    web.withPropertyValues(ISSUER, AUDIENCE)
        .run(context -> assertThat(context).doesNotHaveBean(AuthenticationManager.class));
  }

  @Test
  void metersNeedMicrometer() {
    web.withPropertyValues(ISSUER, AUDIENCE)
        .run(context -> assertThat(context).hasSingleBean(DecisionMeters.class));
    web.withPropertyValues(ISSUER, AUDIENCE)
        .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean("holdfastDecisionMeters"));
  }

  // ---- where nothing can be enforced

  @Test
  void withoutAResourceServerOnTheClassPathASettingStopsTheStart_C07() {
    web.withPropertyValues(ISSUER, AUDIENCE)
        .withClassLoader(new FilteredClassLoader(BearerTokenAuthenticationFilter.class))
        .run(StartTest::assertNothingCanBeEnforced);
    web.withClassLoader(new FilteredClassLoader(BearerTokenAuthenticationFilter.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BindingEnforcer.class));
  }

  @Test
  void anApplicationWithoutServletsStopsWithASetting_C07() {
    new ApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues(ISSUER)
        .run(StartTest::assertNothingCanBeEnforced);
    new ReactiveWebApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues(ISSUER)
        .run(StartTest::assertNothingCanBeEnforced);
  }

  @Test
  void anApplicationWithoutServletsStopsWithAnEnvironmentVariable_C07() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastElsewhereAutoConfiguration.class))
        .withInitializer(variables(Map.of("HOLDFAST_POLICY", "required")))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("holdfast.policy: it is set, and"));
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastElsewhereAutoConfiguration.class))
        .withInitializer(variables(Map.of("HOLDFAST_SERVICE", "a slip: no such setting")))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("HOLDFAST_SERVICE: it is set, and"));
  }

  /** A service with the name "holdfast", or one that begins so. */
  @Test
  void anApplicationWithoutServletsKeepsItsKubernetesVariables_C07() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastElsewhereAutoConfiguration.class))
        .withInitializer(
            variables(
                Map.of(
                    "HOLDFAST_SERVICE_HOST", "10.0.0.1",
                    "HOLDFAST_PORT", "tcp://10.0.0.1:80",
                    "HOLDFAST_PORT_80_TCP_ADDR", "10.0.0.1",
                    "HOLDFAST_API_SERVICE_PORT_HTTP", "80",
                    "HOLDFAST_REQUIRE_PROXIES", "true")))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void anApplicationThatServesNoRequestsIsLeftAlone() {
    new ApplicationContextRunner()
        .withConfiguration(ALL)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Assembly.class));
  }

  private static ApplicationContextInitializer<ConfigurableApplicationContext> variables(
      Map<String, Object> variables) {
    return context ->
        context
            .getEnvironment()
            .getPropertySources()
            .replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
  }

  private static void assertNothingCanBeEnforced(
      ApplicationContextAssertProvider<? extends ApplicationContext> context) {
    Throwable failure = context.getStartupFailure();
    assertThat(failure).as("the start").isNotNull();
    FailureAnalysis analysis = analysis(failure);
    assertThat(analysis.getDescription())
        .contains("holdfast.tokens.issuers[0].issuer")
        .contains("Holdfast enforces nothing in this application");
    assertThat(analysis.getAction()).contains("spring.autoconfigure.exclude");
  }

  private static FailureAnalysis analysis(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidSettingException) {
        return Failures.ofSetting(failure);
      }
    }
    throw new AssertionError("not an invalid setting", failure);
  }
}
