package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.failures.Failures;
import dev.holdfast.spring.look.UnenforcedTokensException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** What stands in the way of a request is looked at: nothing takes tokens without Holdfast. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class ChainLookTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @ParameterizedTest
  @ValueSource(
      classes = {
        UnenforcedChains.HandMade.class,
        UnenforcedChains.AddedFilter.class,
        UnenforcedChains.Subclass.class,
        UnenforcedChains.ConverterOfItsOwn.class,
        UnenforcedChains.DpopConverterOfItsOwn.class,
        UnenforcedChains.DemandingConverter.class,
        UnenforcedChains.Resolver.class,
        UnenforcedChains.Composite.class,
        UnenforcedChains.Delegating.class,
        UnenforcedChains.Wrapped.class,
        UnenforcedChains.Replaced.class,
        UnenforcedChains.WithoutTheConfigurer.class,
        UnenforcedChains.AnotherKindOfChain.class,
        HiddenTakers.NamedBean.class,
        HiddenTakers.NamedBeanElsewhere.class,
        HiddenTakers.BySupplier.class,
        HiddenTakers.Principal.class,
        HiddenTakers.Credentials.class,
        HiddenTakers.VerifyingPrincipal.class
      })
  void aChainThatTakesTokensWithoutHoldfastStopsTheStart_C02(Class<?> chain) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .startsWith("The chain \"legacy\"")
                  .contains("takes access tokens by a filter that Holdfast does not enforce: ");
              assertThat(analysis.getAction())
                  .contains("http.oauth2ResourceServer(...)")
                  .contains("holdfast.tokens.chains-of-others=legacy");
            });
  }

  @Test
  @Tag("security7")
  void aFilterWithSpringSecuritysConverterStopsTheStart_C02() {
    aChainThatTakesTokensWithoutHoldfastStopsTheStart_C02(UnenforcedChains.BearerConverter.class);
  }

  @Test
  void aResourceServerInXmlStopsTheStart_C02() {
    web.withUserConfiguration(UnenforcedChains.Xml.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .contains("/legacy/**")
                  .contains("BearerTokenAuthenticationFilter");
              assertThat(analysis.getAction()).contains("chains-of-others=");
            });
  }

  @Test
  void aSecondFilterChainProxyIsLookedAt_C02() {
    web.withUserConfiguration(UnenforcedChains.SecondProxy.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription()).startsWith("The chain without a bean's name");
              assertThat(analysis.getAction()).contains("make it a bean");
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {UnenforcedChains.FilterBean.class, UnenforcedChains.Registered.class})
  void aBearerFilterOutsideEveryChainStopsTheStart_C02(Class<?> filter) {
    web.withUserConfiguration(filter)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .startsWith("The servlet filter of the bean \"partners\"")
                  .endsWith(UnenforcedChains.OwnBearerFilter.class.getName() + ".");
            });
  }

  @Test
  void whatTakesNoTokensStartsAsBefore() {
    web.withUserConfiguration(UnenforcedChains.Innocent.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  // ---- chains of others

  @Test
  void aChainThatTheSettingsNameIsLeftAlone_C01(CapturedOutput output) {
    web.withUserConfiguration(UnenforcedChains.Three.class)
        .withPropertyValues("holdfast.tokens.chains-of-others[0]=partners")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(enforced(context.getBean("partners", SecurityFilterChain.class)))
                  .isFalse();
              assertThat(enforced(context.getBean("api", SecurityFilterChain.class))).isTrue();
              assertThat(output)
                  .contains(
                      "Chains of others, which Holdfast leaves alone:"
                          + " partners (/partners/**)");
            });
  }

  @Test
  void aHandMadeChainThatTheSettingsNameStarts_C02() {
    web.withUserConfiguration(UnenforcedChains.HandMade.class)
        .withPropertyValues("holdfast.tokens.chains-of-others=legacy")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aNameThatNoChainHasStopsTheStart_C02() {
    web.withUserConfiguration(UnenforcedChains.Three.class)
        .withPropertyValues("holdfast.tokens.chains-of-others=partner")
        .run(
            context -> {
              assertThat(context).hasFailed();
              InvalidSettingException cause =
                  cause(context.getStartupFailure(), InvalidSettingException.class);
              assertThat(cause.getMessage())
                  .contains("no SecurityFilterChain bean has the name \"partner\"")
                  .contains("partners (/partners/**)");
            });
  }

  @Test
  void aChainThatIsHoldfastsAndOfOthersStopsTheStart_C02() {
    web.withPropertyValues("holdfast.tokens.chains-of-others=holdfastSecurityFilterChain")
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .contains(
                      "names the chain \"holdfastSecurityFilterChain\", and Holdfast enforces");
            });
  }

  // ---- nothing is enforced

  @Test
  void issuersWithoutAnythingEnforcedStopTheStart_C03() {
    web.withUserConfiguration(UnenforcedChains.ActuatorOnly.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .isEqualTo(
                      "Issuers of access tokens are configured, and Holdfast enforces nothing."
                          + " Not covered: actuator (/actuator/**), every path that no chain"
                          + " matches.");
              assertThat(analysis.getAction()).contains("HoldfastConfigurer.holdfast()");
            });
  }

  @Test
  void anApplicationWithoutSpringSecurityStopsTheStart_C03() {
    new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastAutoConfiguration.class))
        .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .contains("every path, for there is no SecurityFilterChain");
            });
  }

  // ---- the line at the start

  @Test
  void oneLineSaysWhatIsEnforcedAndWhatIsNot_C47(CapturedOutput output) {
    web.withUserConfiguration(UnenforcedChains.Three.class)
        .withPropertyValues("holdfast.tokens.chains-of-others=partners")
        .run(
            context ->
                assertThat(output)
                    .contains(
                        "Holdfast enforces policy required, methods certificate dpop, issuers"
                            + " https://issuer.example. Enforced chains: api (/api/**"
                            + "). Chains of others, which Holdfast leaves alone:"
                            + " partners (/partners/**). Not covered:"
                            + " health (/health), every path that no chain"
                            + " matches"));
  }

  @Test
  void pathsThatAreIgnoredAreNamed_C47(CapturedOutput output) {
    web.withBean(
            WebSecurityCustomizer.class, () -> paths -> paths.ignoring().requestMatchers("/css/**"))
        .run(context -> assertThat(output).contains("Not covered: ignored (/css/**)"));
  }

  @Test
  void theLineOfTheDefaultChainIsShort_C47(CapturedOutput output) {
    web.run(
        context ->
            assertThat(output)
                .containsOnlyOnce("Holdfast enforces policy")
                .contains(
                    "Enforced chains: holdfastSecurityFilterChain (any request). Not covered: nothing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.port=0                    | no TLS and no trusted proxy",
        "server.ssl.bundle=web            | server.ssl.client-auth is not set",
        "server.ssl.client-auth=none      | server.ssl.client-auth is not set"
      })
  void aServerThatCannotGiveWhatIsCountedOnIsWarnedOf_C47(
      String property, String warning, CapturedOutput output) {
    web.withPropertyValues("local.server.port=8443", property.trim())
        .run(context -> assertThat(output).containsOnlyOnce(warning));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.ssl.client-auth=want",
        "holdfast.proxies.trusted=10.0.0.0/8",
        "local.server.port="
      })
  void aServerThatGivesItIsNotWarnedOf_C47(String property, CapturedOutput output) {
    web.withPropertyValues("local.server.port=8443", property)
        .run(
            context ->
                assertThat(output)
                    .doesNotContain("no TLS and no trusted proxy", "client-auth is not set"));
  }

  // ---- contexts below

  @Test
  void aContextBelowIsLookedAtToo_C05() {
    web.run(
        context -> {
          AnnotationConfigWebApplicationContext below = new AnnotationConfigWebApplicationContext();
          below.setParent(context.getSourceApplicationContext());
          below.setServletContext(context.getSourceApplicationContext().getServletContext());
          below.register(UnenforcedChains.SecondProxy.class);
          assertThat(catchThrowable(below::refresh))
              .isInstanceOf(UnenforcedTokensException.class)
              .hasMessageContaining("BearerTokenAuthenticationFilter");
        });
  }

  // ---- the harness

  private static boolean enforced(SecurityFilterChain chain) {
    return chain.getFilters().stream().anyMatch(EnforcedBearerTokenFilter.class::isInstance);
  }

  private static FailureAnalysis analysis(Throwable failure) {
    cause(failure, UnenforcedTokensException.class);
    return Failures.ofTokens(failure);
  }

  private static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    throw new AssertionError("no " + type.getSimpleName(), failure);
  }
}
