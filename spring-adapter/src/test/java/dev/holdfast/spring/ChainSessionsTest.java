package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** What the start says of an enforced chain that writes sessions. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
class ChainSessionsTest {
  private static final String LINE =
      "The chain api (any request) takes access tokens and writes sessions.";
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @Configuration(proxyBeanMethods = false)
  static class Stateless {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(
          http.sessionManagement(
              sessions ->
                  sessions
                      .sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                      .maximumSessions(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TokenSessionsTest.IfRequired.class,
        TokenSessionsTest.Always.class,
        TokenSessionsTest.OneSession.class,
        TokenSessionsTest.Implicit.class
      })
  void aChainThatWritesSessionsIsNamed(Class<?> chain, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).containsOnlyOnce(LINE);
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {TokenSessionsTest.Ordinary.class, Stateless.class})
  void aChainThatWritesNoneIsNot(Class<?> chain, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).doesNotContain("writes sessions");
            });
  }

  @Test
  void whereCookiesAreBoundNothingIsSaid(CapturedOutput output) {
    web.withUserConfiguration(TokenSessionsTest.IfRequired.class)
        .withPropertyValues(
            "holdfast.cookies.names=JSESSIONID",
            "holdfast.cookies.secrets=2b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da5")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains("Enforced chains: api").doesNotContain("writes sessions");
            });
  }
}
