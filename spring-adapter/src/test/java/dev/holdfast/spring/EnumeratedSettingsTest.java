package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.failures.Failures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** A word that a setting does not take: the text says which ones it takes. */
@Tag("verify")
class EnumeratedSettingsTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holdfast.policy           | on          | one of off, report-only, when-bound, required",
        "holdfast.methods          | dpop,mtls   | one of token-binding, certificate, dpop",
        "holdfast.methods[0]       | mtls        | one of token-binding, certificate, dpop",
        "holdfast.rules[0].policy  | lax         | one of off, report-only, when-bound, required",
        "holdfast.certificate.source | proxy     | tls, header or none",
        "holdfast.dpop.nonce       | sometimes   | never or always",
        "holdfast.dpop.enabled     | maybe       | true or false",
        "holdfast.tokens.attributes-without-cnf | ignore | refuse or unbound",
        "holdfast.cookies.policy   | when-bound  | required or when-proven"
      })
  void theTextListsWhatMayBeWritten(String name, String value, String expected) {
    web.withPropertyValues(name + "=" + value)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = Failures.ofSetting(context.getStartupFailure());
              assertThat(analysis).as(context.getStartupFailure().toString()).isNotNull();
              assertThat(analysis.getDescription())
                  .contains(name + ": \"" + value.substring(value.indexOf(',') + 1) + "\" cannot");
              assertThat(analysis.getAction()).isEqualTo("Write " + expected + ".");
            });
  }

  @Test
  void whatBootReadsIsStillRead() {
    web.withPropertyValues("holdfast.policy=WHEN_BOUND", "holdfast.methods=DPOP,certificate")
        .run(context -> assertThat(context).hasNotFailed());
  }
}
