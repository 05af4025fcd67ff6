package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** What the start does not say where it would be wrong. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class StartWarningsTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner().withConfiguration(StartTest.ALL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast.certificate.source=none",
        "holdfast.methods=dpop",
        "holdfast.policy=off"
      })
  void whereNoCertificateIsCountedOnNobodyMissesOne_C47(String property, CapturedOutput output) {
    web.withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE, property)
        .withPropertyValues("local.server.port=8443", "server.ssl.bundle=web")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains("issuers https://issuer.example. ")
                  .doesNotContain("client-auth is not set");
            });
  }

  @Test
  void reportOnlyIsNotCalledEnforcement_C47(CapturedOutput output) {
    web.withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE, "holdfast.policy=report-only")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce("Holdfast only reports (policy report-only), methods ")
                  .contains(". Chains: holdfastSecurityFilterChain (any request)")
                  .doesNotContain("Holdfast enforces");
            });
  }

  @Test
  void aPolicyThatIsOffIsNotCalledEnforcement_C47(CapturedOutput output) {
    web.withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE, "holdfast.policy=off")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce("Holdfast compares no keys (policy off), methods ")
                  .contains(". Chains: holdfastSecurityFilterChain (any request)")
                  .doesNotContain("Holdfast enforces", "Enforced chains");
            });
  }

  private static final String OPAQUE = "spring.security.oauth2.resourceserver.opaquetoken.";
  private static final String MAY_NEVER_APPLY =
      "holdfast.rules[0].issuers \"https://issuer.example\": no configured issuer has that name";

  @Test
  void aRuleForAnIssuerThatOnlyIntrospectionKnowsIsWarnedOf(CapturedOutput output) {
    web.withPropertyValues(
            OPAQUE + "introspection-uri=https://as.example/introspect",
            OPAQUE + "client-id=api",
            OPAQUE + "client-secret=not-shown",
            "holdfast.rules[0].issuers=https://issuer.example",
            "holdfast.rules[0].policy=off")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce(MAY_NEVER_APPLY)
                  .contains("only the introspection response of a token tells its issuer");
            });
  }

  @Test
  void aRuleForAnIssuerThatOnlyTheApplicationKnowsIsWarnedOf(CapturedOutput output) {
    web.withBean(
            OpaqueTokenIntrospector.class,
            () ->
                token -> {
                  throw new BadOpaqueTokenException("never asked");
                })
        .withUserConfiguration(OwnIntrospector.class)
        .withPropertyValues(
            "holdfast.rules[0].issuers=https://issuer.example", "holdfast.rules[0].policy=off")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce(MAY_NEVER_APPLY)
                  .contains("only the application's own verification of a token tells its issuer");
            });
  }

  @Configuration
  static class OwnIntrospector {
    @Bean
    SecurityFilterChain own(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }

  @Test
  void cookiesAloneAreNoEnforcementOfAccessTokens_C47(CapturedOutput output) {
    web.withPropertyValues(
            "holdfast.cookies.names=JSESSIONID",
            "holdfast.cookies.secrets[0]=a-secret-of-thirty-two-bytes-or-more")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce(
                      "Holdfast has no access tokens to look at here: no chain takes any for it")
                  .doesNotContain("enforces nothing", "Not covered");
            });
  }
}
