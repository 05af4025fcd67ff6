package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.spring.boot.settings.SettingNames;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Names of environment variables where Boot reads none, and with the application's prefix. */
@Tag("verify")
class WrittenVariablesTest {

  /** Stands for an application with Holdfast. */
  @Configuration
  static class Application {
    @Bean
    static WrittenSettings settings(Environment environment) {
      return new WrittenSettings(environment);
    }
  }

  private static Throwable startFailure(String prefix, String variable, String value) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(variable, value)));
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setEnvironment(environment);
    application.setEnvironmentPrefix(prefix);
    return catchThrowable(
        () -> {
          try (ConfigurableApplicationContext context =
              application.run("--spring.main.banner-mode=off")) {
            assertThat(context.getEnvironment()).isSameAs(environment);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDFAST_POLICY,Write holdfast.policy there",
    "holdfast_policy,Write holdfast.policy there",
    "HOLDFAST_RULES_0_PATHS,Write holdfast.rules[0].paths there",
    "HOLDFAST_POLCY,HOLDFAST_POLICY"
  })
  void aVariablesNameInAFileStopsTheStart_C09(String name, String text) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("application.properties", Map.of(name, "required")));
    assertThat(catchThrowable(() -> new WrittenSettings(environment).check()))
        .hasMessageStartingWith(name + ": ")
        .hasMessageContaining(text);
  }

  @Test
  void aVariablesNameOnTheCommandLineStopsTheStart_C09() {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    assertThat(catchThrowable(() -> application.run("--HOLDFAST_POLICY=required")))
        .hasMessageContaining("it sets nothing in commandLineArgs")
        .hasMessageContaining("Write holdfast.policy there");
  }

  @Test
  void itCountsAsASettingWhereHoldfastEnforcesNothing_C03() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "file", Map.of("HOLDFAST_POLICY", "required", "HOLDFAST_SERVICE_HOST", "::1")));
    assertThat(SettingNames.in(environment)).containsExactly("HOLDFAST_POLICY");
  }

  @Test
  void whatKubernetesSetsIsFreeInAFileToo() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource(".env", Map.of("HOLDFAST_SERVICE_HOST", "10.0.0.1")));
    assertThatCode(() -> new WrittenSettings(environment).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDFAST_POLICY,Name it MYAPP_HOLDFAST_POLICY",
    "HOLDFAST_POLCY,begin with MYAPP_",
    "MYAPP_HOLDFAST_POLCY,The nearest is MYAPP_HOLDFAST_POLICY"
  })
  void aVariableThatThePrefixMakesIdleStopsTheStart_C09(String variable, String text) {
    assertThat(startFailure("myapp", variable, "required"))
        .hasMessageStartingWith(variable + ": ")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MYAPP_HOLDFAST_POLICY", "HOLDFAST_SERVICE_HOST", "MYAPP_PORT"})
  void aVariableWithThePrefixCounts_C09(String variable) {
    assertThat(startFailure("myapp", variable, "required")).isNull();
  }

  @Test
  void itsValueIsReadToo_C10() {
    assertThat(startFailure("my-app", "MYAPP_HOLDFAST_POLICY", "on"))
        .hasMessageStartingWith("holdfast.policy: ");
  }

  @Test
  void aDashInTheFirstPartIsNamedAsItWasWritten_C49() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("file", Map.of("hold-fast.policy", "off")));
    assertThat(catchThrowable(() -> new WrittenSettings(environment).check()))
        .hasMessageStartingWith("hold-fast.policy: ")
        .hasMessageContaining("Write holdfast.policy");
  }
}
