package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.GivenSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule whose path begins with the context path, on a filter for every path. */
class ContextPathRulesTest {
  private static final Map<String, String> ISSUER =
      Map.of(
          "tokens.issuers[0].issuer", "https://issuer.example",
          "tokens.issuers[0].audiences", "https://api.example");

  private static List<String> warnings(
      DispatcherServers container, String contextPath, String rule, String urlPattern)
      throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(
              container.refusal(
                  contextPath,
                  new HoldfastFilter(),
                  registration -> {
                    registration.setInitParameters(ISSUER);
                    registration.setInitParameter("policy", "when-bound");
                    registration.setInitParameter("rules[0].paths", "/other/**," + rule);
                    registration.setInitParameter("rules[0].policy", "required");
                    registration.addMappingForUrlPatterns(
                        EnumSet.allOf(DispatcherType.class), false, urlPattern);
                  }))
          .isNull();
      return log.with('"' + rule + '"');
    }
  }

  private static void assertNamed(List<String> warnings, String rule, String path, String below) {
    assertThat(warnings)
        .containsExactly(
            rule
                + ".paths: \""
                + path
                + "\" begins with the context path, below which rules are compared: it applies to"
                + " /app"
                + path
                + " only, and so probably never. Write "
                + below
                + ".");
  }

  @ParameterizedTest
  @EnumSource
  void isNamedAtStart(DispatcherServers container) throws Exception {
    for (String path : List.of("/app/api/**", "/APP/api/**")) {
      assertNamed(warnings(container, "/app", path, "/*"), "holdfast.rules[0]", path, "/api/**");
    }
    assertNamed(warnings(container, "/app", "/app", "/*"), "holdfast.rules[0]", "/app", "/");
  }

  @ParameterizedTest
  @EnumSource
  void isNamedForAFilterOfCodeToo(DispatcherServers container) throws Exception {
    Filter filter =
        HoldfastFilter.builder()
            .settings(GivenSettings.settings("policy", "when-bound"))
            .rule("/app/api/**", Mode.REQUIRED)
            .build();
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(
              container.refusal(
                  "/app",
                  filter,
                  registration ->
                      registration.addMappingForUrlPatterns(
                          EnumSet.allOf(DispatcherType.class), false, "/*")))
          .isNull();
      assertNamed(log.with("\"/app/api/**\""), "holdfast.rules[0]", "/app/api/**", "/api/**");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aContextPathWithASpaceIsKnown(DispatcherServers container) throws Exception {
    assertThat(warnings(container, "/my app", "/my app/api/**", "/*")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void otherPathsAreNotNamed(DispatcherServers container) throws Exception {
    for (String path : List.of("/api/**", "/apps/**", "/api/app", "/*/app", "/**")) {
      assertThat(warnings(container, "/app", path, "/*")).isEmpty();
    }
    assertThat(warnings(container, "", "/app/api/**", "/*")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRuleForMoreThanTheMappingIsNamed(DispatcherServers container) throws Exception {
    for (String mapping : List.of("/api", "/api/v1/*")) {
      assertThat(warnings(container, "", "/api/**", mapping))
          .singleElement()
          .asString()
          .contains("\"/api/**\" names more than this filter is mapped to, which is " + mapping);
    }
    for (String path : List.of("/**", "/*/x", "/api/**", "/api/v1")) {
      assertThat(warnings(container, "", path, "/api/*")).isEmpty();
    }
  }

  /** Its own line is enough. */
  @ParameterizedTest
  @EnumSource
  void whatTheMappingExcludesIsNamedOnce(DispatcherServers container) throws Exception {
    assertThat(warnings(container, "/app", "/app/api/**", "/api/*"))
        .singleElement()
        .asString()
        .contains("never applies, because this filter is mapped to /api/* only");
  }
}
