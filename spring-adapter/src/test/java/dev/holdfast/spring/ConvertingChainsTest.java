package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.failures.Failures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** A converter of the application's can make an access token out of anything. */
@Tag("verify")
class ConvertingChainsTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConvertingChains.BasicOnAnEnforcedChain.class,
        ConvertingChains.BasicAlone.class,
        ConvertingChains.ProcessingFilter.class,
        ConvertingChains.HttpBasic.class,
        ConvertingChains.AmongOthers.class,
        ConvertingChains.InTheParent.class,
        ConvertingChains.Observed.class,
        ConvertingChains.ClientFilterForEverything.class,
        ConvertingChains.TrustedIssuers.class,
        ConvertingChains.ManagerOfTrustedIssuers.class
      })
  void aConverterInFrontOfAManagerThatVerifiesAccessTokensStopsTheStart_C02(Class<?> chain) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = Failures.ofTokens(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .startsWith("The chain \"legacy\" (any request) takes access tokens by a filter")
                  .contains("whose AuthenticationManager verifies access tokens");
              assertThat(analysis.getAction())
                  .contains("give it an AuthenticationManager that verifies no access tokens")
                  .contains("or a SecurityFilterChain of its own without oauth2ResourceServer");
            });
  }

  @Test
  @Tag("security7")
  void springSecuritysConverterAmongOthersStopsTheStart_C02() {
    aConverterInFrontOfAManagerThatVerifiesAccessTokensStopsTheStart_C02(
        ConvertingChains.BearerAmongOthers.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConvertingChains.Lawful.class,
        ConvertingChains.OwnCredentials.class,
        ConvertingChains.AuthorizationServer.class
      })
  void whatTakesOtherCredentialsStartsAsBefore(Class<?> chain) {
    web.withUserConfiguration(chain).run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  static class BearerFilter {
    @Bean
    SecurityFilterChain legacy() {
      JwtAuthenticationProvider verifying =
          new JwtAuthenticationProvider(
              token -> {
                throw new BadJwtException("none");
              });
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE,
          new BearerTokenAuthenticationFilter(new ProviderManager(verifying)));
    }
  }

  @Test
  void ofABearerFilterNobodySaysThatItMayTakeSomethingElse() {
    web.withUserConfiguration(BearerFilter.class)
        .run(
            context -> {
              FailureAnalysis analysis = Failures.ofTokens(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .endsWith(BearerTokenAuthenticationFilter.class.getName() + ".");
              assertThat(analysis.getAction()).doesNotContain("other credentials");
            });
  }
}
