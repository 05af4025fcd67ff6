package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.failures.Failures;
import dev.holdfast.spring.takers.TokenTakers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.security.web.authentication.preauth.x509.X509AuthenticationFilter;

/** Filters that sign users in by what a request says, beside Holdfast's. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class PreAuthenticatedTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(
              StartTest.ISSUER, StartTest.AUDIENCE, "logging.level.dev.holdfast=info");

  private static AbstractPreAuthenticatedProcessingFilter header(String principal, String other) {
    RequestHeaderAuthenticationFilter filter = new RequestHeaderAuthenticationFilter();
    filter.setPrincipalRequestHeader(principal);
    if (other != null) {
      filter.setCredentialsRequestHeader(other);
    }
    filter.setAuthenticationManager(authentication -> authentication);
    return filter;
  }

  private static AbstractPreAuthenticatedProcessingFilter own(
      Function<HttpServletRequest, Object> principal) {
    AbstractPreAuthenticatedProcessingFilter filter =
        new AbstractPreAuthenticatedProcessingFilter() {
          @Override
          protected Object getPreAuthenticatedPrincipal(HttpServletRequest request) {
            return principal.apply(request);
          }

          @Override
          protected Object getPreAuthenticatedCredentials(HttpServletRequest request) {
            return "N/A";
          }
        };
    filter.setAuthenticationManager(authentication -> authentication);
    return filter;
  }

  private static SecurityFilterChain enforced(
      HttpSecurity http, AbstractPreAuthenticatedProcessingFilter filter) {
    return http.securityMatcher("/api/**")
        .addFilter(filter)
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .build();
  }

  @Configuration
  static class WithUser {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(http, header("X-User", null));
    }
  }

  @Configuration
  static class WithToken {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(http, header("X-Forwarded-Access-Token", null));
    }
  }

  /** A certificate is a key, and nobody steals it by reading a request. */
  @Configuration
  static class WithCertificate {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      X509AuthenticationFilter filter = new X509AuthenticationFilter();
      filter.setAuthenticationManager(authentication -> authentication);
      return enforced(http, filter);
    }
  }

  @Test
  void onAnEnforcedChainTheLineNamesWhatItDoesNotCover_C47(CapturedOutput output) {
    web.withUserConfiguration(WithUser.class)
        .run(
            context ->
                assertThat(output)
                    .contains(
                        "Enforced chains: api (/api/**). Not covered: what api (/api/**) takes by"
                            + " org.springframework.security.web.authentication.preauth"
                            + ".RequestHeaderAuthenticationFilter (the field x-user), every path"));
  }

  @Test
  void aCertificateIsNotNamed_C47(CapturedOutput output) {
    web.withUserConfiguration(WithCertificate.class)
        .run(
            context ->
                assertThat(output)
                    .contains("Enforced chains: api (/api/**). Not covered: every path"));
  }

  /** Such a chain cannot be one of others: the text must not advise it. */
  @ParameterizedTest
  @ValueSource(classes = {WithToken.class, UnenforcedChains.AddedToAnEnforcedOne.class})
  void onAnEnforcedChainAnotherTakerStopsTheStart_C02(Class<?> chain) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = Failures.ofTokens(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .startsWith("The chain ")
                  .contains("takes access tokens by a filter that Holdfast does not enforce: ");
              assertThat(analysis.getAction())
                  .startsWith("Take this filter out of the chain")
                  .doesNotContain("chains-of-others");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Access-Token,",
    "X-Auth-Request-Access-Token,",
    "X-User, X-Forwarded-Access-Token",
    "X-Original-Authorization,",
    "Access_Token,"
  })
  void aFieldThatIsCalledAfterAnAccessTokenStopsTheStart_C02(String principal, String other) {
    assertThat(TokenTakers.isForeign(header(principal, other))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-User", "X-API-Token", "SM_USER", "X-CSRF-Token"})
  void aFieldWithAnotherCredentialDoesNot_C02(String principal) {
    assertThat(TokenTakers.isForeign(header(principal, null))).isFalse();
  }

  /** As a gateway's: it looks at Authorization only where another field is there. */
  @Test
  void aConditionThatAnotherFieldIsThereHidesNothing_C02() {
    assertThat(
            TokenTakers.isForeign(
                own(
                    request ->
                        request.getHeader("X-Gateway") == null
                            ? null
                            : request.getHeader("Authorization"))))
        .isTrue();
    assertThat(
            TokenTakers.isForeign(
                own(
                    request ->
                        request.getHeader("Authorization") == null
                            ? null
                            : request.getHeader("X-User"))))
        .isFalse();
  }
}
