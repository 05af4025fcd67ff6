package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the start does not say where it would be wrong. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
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
                  .contains("Holdfast enforces policy")
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
