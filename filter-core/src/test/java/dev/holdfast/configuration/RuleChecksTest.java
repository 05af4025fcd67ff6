package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about rules whose selection is a slip, or opens something. */
class RuleChecksTest {
  private static final String OTHER = "https://other.example";
  private final LogLines lines = new LogLines();

  @AfterEach
  void stopListening() {
    lines.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GTE,'; did you mean GET? '",
    "DELTE,'; did you mean DELETE? '",
    "PROPFND,'; did you mean PROPFIND? '",
    "FETCH,'. '",
    "X-NOTIFY,'. '"
  })
  void aMethodThatIsNotRegisteredIsWarnedOf(String method, String more) {
    assembly("rules[0].http-methods", "GET," + method, "rules[0].policy", "when-bound");
    assertThat(lines.texts())
        .containsExactly(
            "WARNING holdfast.rules[0].http-methods: \""
                + method
                + "\" is no registered HTTP method"
                + more
                + "The rule holds for requests with exactly that method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PATCH", "PROPFIND", "QUERY", "VERSION-CONTROL"})
  void aRegisteredMethodIsNotWarnedOf(String method) {
    assembly("rules[0].http-methods", method, "rules[0].policy", "when-bound");
    assertThat(lines.texts()).isEmpty();
  }

  @Test
  void anAsteriskIsNoMethod() {
    assertRefused(
        "holdfast.rules[0].http-methods: \"*\" is no HTTP method, and no request has it. Leave this"
            + " setting out if the rule is for every method.",
        "rules[0].http-methods",
        "*",
        "rules[0].policy",
        "when-bound");
  }

  @ParameterizedTest
  @CsvSource({
    "paths=/**, paths=/a",
    "paths=/a/**, paths=/a/b/**",
    "paths=/a;/b/**, paths=/a;/b/c",
    "http-methods=GET, http-methods=GET",
    "http-methods=GET;POST, http-methods=POST paths=/a",
    "paths=/a/**, paths=/a http-methods=GET",
    "paths=/a/**, paths=/a issuers=https://other.example",
    "issuers=https://other.example, issuers=https://other.example paths=/**",
    "paths=/**, http-methods=GET",
    "issuers=https://other.example;https://issuer.example, paths=/a"
  })
  void aRuleThatNeverDecidesStopsTheStart(String earlier, String later) {
    assertRefused(
        "holdfast.rules[2]: it never decides: holdfast.rules[1] (", rules(earlier, later));
  }

  @ParameterizedTest
  @CsvSource({
    "paths=/a, paths=/a/**",
    "paths=/a, paths=/a;/b",
    "paths=/a, paths=/A",
    "paths=/a/*, paths=/a/**",
    "paths=/** http-methods=GET, paths=/a",
    "http-methods=GET, http-methods=GET;POST",
    "http-methods=GET, http-methods=HEAD",
    "issuers=https://other.example, issuers=https://issuer.example",
    "issuers=https://other.example, paths=/a",
    "paths=/a http-methods=GET, paths=/a http-methods=POST"
  })
  void aRuleThatMayDecideIsLeftAlone(String earlier, String later) {
    assertThatCode(() -> assembly(rules(earlier, later))).doesNotThrowAnyException();
  }

  @Test
  void theTextNamesBothRules() {
    assertRefused(
        "holdfast.rules[1]: it never decides: holdfast.rules[0] (/a/**, method GET POST) comes"
            + " before it and selects everything that it selects (/a/b, method GET). Write the"
            + " narrower rule first, or remove one of the two.",
        "rules[0].paths",
        "/a/**",
        "rules[0].http-methods",
        "POST,GET",
        "rules[1].paths",
        "/a/b",
        "rules[1].http-methods",
        "GET");
  }

  @Test
  void earlierRulesThatCoverALaterOneTogetherAreNamed() {
    assertRefused(
        "holdfast.rules[2]: it never decides: holdfast.rules[0] (/a), holdfast.rules[1] (/b/**, method"
            + " GET POST) come before it and together select everything that it selects (/a /b/c,"
            + " method GET). Write the narrower rule first, or remove one of them.",
        "rules[0].paths",
        "/a",
        "rules[1].paths",
        "/b/**",
        "rules[1].http-methods",
        "GET,POST",
        "rules[2].paths",
        "/a,/b/c",
        "rules[2].http-methods",
        "GET");
  }

  @Test
  void aRuleForEveryIssuerLeavesNothingForALaterOne() {
    assertRefused(
        "holdfast.rules[1]: it never decides: holdfast.rules[0] (issuer https://issuer.example)",
        "rules[0].issuers",
        "https://issuer.example",
        "rules[0].policy",
        "when-bound",
        "rules[1].paths",
        "/payments/**");
  }

  @Test
  void whereTheIssuerOfSomeTokensIsNotKnownALaterRuleMayDecide() {
    assertThatCode(
            () ->
                assembly(
                    "tokens.issuers[1].introspection.uri", "https://as.example/introspect",
                    "tokens.issuers[1].introspection.client-id", "api",
                    "tokens.issuers[1].introspection.client-secret", "not-shown",
                    "tokens.issuers[1].audiences", "https://api.example",
                    "rules[0].issuers", "https://issuer.example",
                    "rules[0].policy", "when-bound",
                    "rules[1].paths", "/payments/**"))
        .doesNotThrowAnyException();
  }

  @Test
  void aRuleThatOnlyReportsIsWarnedOf() {
    assembly("rules[0].paths", "/reports/**", "rules[0].policy", "report-only");
    assertThat(lines.texts())
        .containsExactly(
            "WARNING holdfast.rules[0] has policy report-only: bindings are compared and NOT enforced"
                + " for /reports/**; a stolen token works there");
  }

  @Test
  void aRuleThatOnlyReportsWhereNothingIsEnforcedOpensNothing() {
    assembly(
        "policy", "report-only", "rules[0].paths", "/reports/**", "rules[0].policy", "report-only");
    assertThat(lines.texts())
        .containsExactly(
            "WARNING policy report-only: bindings are compared and reported but NOT enforced; it is for"
                + " roll-out only");
  }

  @Test
  void rulesAreMentionedBesideAnOpenPolicyOnlyWhereOneSaysOtherwise() {
    assembly("policy", "off");
    assembly("policy", "off", "rules[0].paths", "/reports/**", "rules[0].policy", "report-only");
    assembly("policy", "report-only", "rules[0].paths", "/a/**", "rules[0].policy", "required");
    String off = "WARNING policy off: bindings are NOT looked at";
    String reporting =
        "WARNING policy report-only: bindings are compared and reported but NOT enforced";
    String except = ", except where a rule says otherwise";
    assertThat(lines.texts())
        .filteredOn(line -> line.startsWith("WARNING policy")) // the algorithms are told once
        .containsExactly(
            off + "; a stolen token works",
            off + except + "; a stolen token works",
            reporting + except + "; it is for roll-out only");
  }

  @Test
  void aRuleThatOpensSomethingIsWarnedOfOnce() {
    assembly(
        "rules[0].paths", "/public/**,/status",
        "rules[0].http-methods", "GET",
        "rules[0].policy", "off",
        "rules[1].paths", "/reports/**",
        "rules[1].policy", "when-bound");
    assertThat(lines.texts())
        .containsExactly(
            "WARNING holdfast.rules[0] has policy off: bindings are NOT looked at for /public/**"
                + " /status, method GET; a stolen token works there");
  }

  @Test
  void anIssuerThatOnlyIntrospectionKnowsIsWarnedOfOnce() {
    assembly(
        "tokens.issuers[1].introspection.uri", "https://as.example/introspect",
        "tokens.issuers[1].introspection.client-id", "api",
        "tokens.issuers[1].introspection.client-secret", "not-shown",
        "tokens.issuers[1].audiences", "https://api.example",
        "rules[0].issuers", "https://issuer.example," + OTHER,
        "rules[0].policy", "when-bound",
        "rules[1].issuers", "https://third.example",
        "rules[1].policy", "when-bound");
    assertThat(ofUnknownIssuers())
        .containsExactly(
            "WARNING holdfast.rules[0].issuers \"https://other.example\","
                + " holdfast.rules[1].issuers \"https://third.example\": no configured issuer has"
                + " that name, and only the introspection response of a token tells its issuer. A"
                + " rule with an issuer never applies to a token whose iss is missing or another"
                + " one. Compare the rule with the iss of such a token");
  }

  @Test
  void anIssuerThatIsConfiguredIsNotWarnedOf() {
    assembly(
        "tokens.issuers[1].introspection.uri", "https://as.example/introspect",
        "tokens.issuers[1].introspection.client-id", "api",
        "tokens.issuers[1].introspection.client-secret", "not-shown",
        "tokens.issuers[1].audiences", "https://api.example",
        "rules[0].issuers", "https://issuer.example",
        "rules[0].policy", "when-bound");
    assertThat(ofUnknownIssuers()).isEmpty();
  }

  /** Beside them stands what UnnamedIssuersTest looks at. */
  private List<String> ofUnknownIssuers() {
    return lines.texts().stream().filter(line -> line.contains("no configured issuer")).toList();
  }

  /** Two rules behind one that has nothing to do with them, on two issuers. */
  private static String[] rules(String earlier, String later) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "tokens.issuers[1].issuer", OTHER,
                "tokens.issuers[1].audiences", "https://api.example",
                "rules[0].paths", "/elsewhere"));
    add(settings, "rules[1].", earlier);
    add(settings, "rules[2].", later);
    return settings.toArray(String[]::new);
  }

  private static void add(List<String> settings, String rule, String selectors) {
    for (String selector : selectors.split(" ", -1)) {
      String[] parts = selector.split("=", 2);
      settings.add(rule + parts[0]);
      settings.add(parts[1].replace(';', ','));
    }
  }
}
