package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.failures.Failures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Holdfast's auto-configuration is excluded, and something is set that it would enforce. */
@Tag("verify")
class ExcludedHoldfastTest {
  private static final String PACKAGE = "dev.holdfast.spring.boot.";
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withPropertyValues("server.port=0", StartTest.ISSUER, StartTest.AUDIENCE);

  @EnableAutoConfiguration
  static class Application {}

  @EnableAutoConfiguration(exclude = HoldfastAutoConfiguration.class)
  static class ByClass {}

  @EnableAutoConfiguration(
      excludeName = "dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration")
  static class ByName {}

  @ParameterizedTest
  @ValueSource(classes = {ByClass.class, ByName.class})
  void anAnnotationThatExcludesOneStopsTheStart_C07(Class<?> application) {
    web.withUserConfiguration(application)
        .run(context -> assertStopped(context.getStartupFailure()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HoldfastAutoConfiguration", "HoldfastWebSecurityAutoConfiguration"})
  void aPropertyThatExcludesOneStopsTheStart_C07(String excluded) {
    web.withUserConfiguration(Application.class)
        .withPropertyValues("spring.autoconfigure.exclude=" + PACKAGE + excluded)
        .run(
            context -> {
              FailureAnalysis analysis = assertStopped(context.getStartupFailure());
              assertThat(analysis.getDescription()).contains(PACKAGE + excluded + " is excluded");
              assertThat(analysis.getAction()).contains("spring.autoconfigure.exclude");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "BoundCookieAutoConfiguration,holdfast.cookies.names=SID",
    "HoldfastTokenBindingAutoConfiguration,holdfast.token-binding.source=tls"
  })
  void whatOnePartIsForStopsTheStart_C07(String excluded, String setting) {
    String exclusion = "spring.autoconfigure.exclude=" + PACKAGE + excluded;
    web.withUserConfiguration(Application.class)
        .withPropertyValues(exclusion, setting)
        .run(
            context ->
                assertThat(assertStopped(context.getStartupFailure()).getDescription())
                    .contains(setting.substring(0, setting.indexOf('='))));
    web.withUserConfiguration(Application.class)
        .withPropertyValues(exclusion)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void allOfThemExcludedStopTheStart_C07() {
    web.withUserConfiguration(Application.class)
        .withPropertyValues(
            "spring.autoconfigure.exclude="
                + "dev.holdfast.spring.boot.HoldfastAutoConfiguration,"
                + "dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration,"
                + "dev.holdfast.spring.boot.BoundCookieAutoConfiguration,"
                + "dev.holdfast.spring.boot.HoldfastTokenBindingAutoConfiguration,"
                + "dev.holdfast.spring.boot.HoldfastElsewhereAutoConfiguration")
        .run(context -> assertStopped(context.getStartupFailure()));
  }

  @Test
  void withoutASettingAnExclusionIsLawful() {
    new WebApplicationContextRunner()
        .withUserConfiguration(ByClass.class)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Assembly.class));
  }

  @Test
  void whoeverServesNoRequestsMayExcludeAllOfIt() {
    new ApplicationContextRunner()
        .withUserConfiguration(ByClass.class)
        .withPropertyValues(
            StartTest.ISSUER,
            "spring.autoconfigure.exclude="
                + "dev.holdfast.spring.boot.HoldfastElsewhereAutoConfiguration")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void theExclusionOfWhatEnforcesNothingIsLawful() {
    web.withUserConfiguration(Application.class)
        .withPropertyValues(
            "spring.autoconfigure.exclude="
                + "dev.holdfast.spring.boot.HoldfastElsewhereAutoConfiguration")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Assembly.class));
  }

  private static FailureAnalysis assertStopped(Throwable failure) {
    assertThat(failure).as("the start").isNotNull();
    FailureAnalysis analysis = Failures.ofSetting(failure);
    assertThat(analysis).as(failure.toString()).isNotNull();
    assertThat(analysis.getDescription())
        .contains(" is excluded, so that Holdfast does not enforce it");
    return analysis;
  }
}
