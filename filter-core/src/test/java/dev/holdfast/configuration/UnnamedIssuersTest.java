package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules by issuer, beside an endpoint whose answers may name any issuer. */
class UnnamedIssuersTest {
  private static final String TEXT = "may say any iss";
  private final LogLines lines = new LogLines();

  @AfterEach
  void stopListening() {
    lines.close();
  }

  private static String[] introspection(int index, String... more) {
    String entry = "tokens.issuers[" + index + "].";
    List<String> settings =
        new ArrayList<>(
            List.of(
                entry + "introspection.uri", "https://as" + index + ".example/introspect",
                entry + "introspection.client-id", "api",
                entry + "introspection.client-secret", "not-shown",
                entry + "audiences", "https://api.example"));
    settings.addAll(List.of(more));
    return settings.toArray(String[]::new);
  }

  private List<String> warnings() {
    return lines.texts().stream().filter(line -> line.contains(TEXT)).toList();
  }

  @Test
  void theEntryIsNamedOnceForAllRules() {
    assembly(
            introspection(
                1,
                "rules[0].issuers",
                "https://issuer.example",
                "rules[0].policy",
                "when-bound",
                "rules[1].issuers",
                "https://third.example",
                "rules[1].policy",
                "required"))
        .close();
    assertThat(warnings())
        .containsExactly(
            "WARNING holdfast.tokens.issuers[1] has no issuer, and holdfast.rules[0].issuers,"
                + " holdfast.rules[1].issuers select by it: an answer of"
                + " https://as1.example/introspect may say any iss, and so take the rule of another"
                + " issuer. Write holdfast.tokens.issuers[1].issuer, and another iss in an answer"
                + " is refused");
  }

  @Test
  void anEntryWithItsIssuerIsNotNamed() {
    assembly(
            introspection(
                1,
                "tokens.issuers[1].issuer",
                "https://as1.example",
                "rules[0].issuers",
                "https://issuer.example",
                "rules[0].policy",
                "when-bound"))
        .close();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void withoutRulesByIssuerNothingIsSaid() {
    assembly(introspection(1, "rules[0].paths", "/x", "rules[0].policy", "when-bound")).close();
    assertThat(warnings()).isEmpty();
  }
}
