package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.configuration.LogLines;
import dev.holdfast.configuration.reading.SettingsReader;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says at a start. */
class SummaryTest {
  private final LogLines lines = new LogLines();

  @AfterEach
  void stopListening() {
    lines.close();
  }

  @Test
  void anEnforcerSaysInOneLineWhatItEnforces_C47() {
    GivenSettings.assembly(
            "tokens.issuers[1].issuer", "https://other.example",
            "tokens.issuers[1].audiences", "https://api.example",
            "rules[0].paths", "/public/**",
            "rules[0].policy", "when-bound")
        .enforcer(EnforcementListener.silent());
    assertThat(lines.texts())
        .containsExactly(
            "INFO Holdfast enforces policy required with 1 rule, methods certificate dpop, issuers"
                + " https://issuer.example https://other.example");
  }

  @Test
  void reportOnlyIsNotCalledEnforcement_C47() {
    GivenSettings.assembly("policy", "report-only").enforcer(EnforcementListener.silent());
    assertThat(lines.texts())
        .last()
        .isEqualTo(
            "INFO Holdfast only reports (policy report-only), methods certificate dpop, issuers"
                + " https://issuer.example");
  }

  @Test
  void aRuleThatEnforcesUnderReportOnlyIsSaid_C47() {
    assertThat(
            GivenSettings.assembly(
                    "policy", "report-only",
                    "rules[0].paths", "/payments/**",
                    "rules[0].policy", "required")
                .startSentence())
        .startsWith(
            "Holdfast only reports, except where a rule enforces (policy report-only with 1 rule),"
                + " methods ");
  }

  @Test
  void offIsNotCalledEnforcement_C47() {
    assertThat(GivenSettings.assembly("policy", "off").startSentence())
        .isEqualTo(
            "Holdfast compares no keys (policy off), methods certificate dpop, issuers"
                + " https://issuer.example");
  }

  @Test
  void aRuleThatLooksUnderOffIsSaid_C47() {
    assertThat(
            GivenSettings.assembly(
                    "policy", "off",
                    "rules[0].paths", "/payments/**",
                    "rules[0].policy", "report-only")
                .startSentence())
        .startsWith(
            "Holdfast compares no keys, except where a rule says otherwise (policy off with 1"
                + " rule), methods ");
  }

  @Test
  void theLineRepeatsWhatARuleOpens_C47() {
    assertThat(
            GivenSettings.assembly(
                    "rules[0].paths", "/public/**,/status",
                    "rules[0].http-methods", "GET",
                    "rules[0].policy", "off",
                    "rules[1].paths", "/reports/**",
                    "rules[1].policy", "when-bound",
                    "rules[2].issuers", "https://issuer.example",
                    "rules[2].policy", "off")
                .summary())
        .startsWith(
            "policy required with 3 rules (off for /public/** /status, method GET; issuer"
                + " https://issuer.example), methods ");
  }

  @Test
  void theLineRepeatsWhatARuleOnlyReports() {
    assertThat(
            GivenSettings.assembly(
                    "rules[0].paths",
                    "/reports/**",
                    "rules[0].policy",
                    "report-only",
                    "rules[1].paths",
                    "/public/**",
                    "rules[1].policy",
                    "off")
                .summary())
        .startsWith(
            "policy required with 2 rules (off for /public/**; report-only for /reports/**), methods"
                + " ");
  }

  @Test
  void aMethodThatOnlyARuleTakesIsInTheLine() {
    assertThat(
            GivenSettings.assembly(
                    "methods", "dpop", "rules[0].paths", "/a/**", "rules[0].methods", "certificate")
                .summary())
        .contains(", methods dpop (by a rule also certificate), issuers ");
  }

  @Test
  void methodsAreThoseThatAreTaken_C47() {
    assertThat(GivenSettings.assembly("methods", "dpop", "policy", "when-bound").summary())
        .isEqualTo("policy when-bound, methods dpop, issuers https://issuer.example");
  }

  @Test
  void anEndpointWithoutAnIssuersNameIsNamedByItsAddress_C47() {
    assertThat(
            Assembly.of(
                    SettingsReader.readInitParameters(
                        GivenSettings.map(
                            "tokens.issuers[0].introspection.uri", "https://as.example/introspect",
                            "tokens.issuers[0].introspection.client-id", "api",
                            "tokens.issuers[0].introspection.client-secret", "not-shown")),
                    Clock.systemUTC())
                .summary())
        .endsWith("issuers https://as.example/introspect");
  }

  @Test
  void aPolicyThatIsOffIsWarnedOf_C47() {
    GivenSettings.assembly("policy", "off");
    assertThat(lines.texts()).hasSize(1).first().asString().startsWith("WARNING policy off: ");
  }
}
