package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.policy.PathPattern;
import dev.holdfast.servlet.registration.MappedPaths;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappedPathsTest {

  @ParameterizedTest
  @CsvSource({
    "/*,/payments,true",
    "/api/*,/api/payments,true",
    "/api/*,/api,true",
    "/api/*,/API/payments,true",
    "/api/*,/**,true",
    "/api/*,/*/payments,true",
    "/api/*,/*,true",
    "/api/*,/payments/**,false",
    "/api/*,/apis,false",
    "/api/*,/shop/api/payments,false",
    "/api/v1/*,/api,false",
    "/api/v1/*,/api/**,true",
    "/me,/me,true",
    "/me,/me/**,true",
    "/me,/me/x,false",
    "/me,/*/*,false",
    "*.json,/payments,false",
    "*.json,/payments.json,true",
    "*.json,/payments.JSON,true",
    "*.json,/api/**,true",
    "*.json,/api/*,true",
    "*.json,/.json/x,false",
    "'',/,true",
    "'',/**,true",
    "'',/*,false",
    "'',/payments,false"
  })
  void aRuleOutsideTheMappingIsKnown_C89(String urlPattern, String rule, boolean reached) {
    assertThat(MappedPaths.ofUrlPatterns(List.of(urlPattern)).reach(PathPattern.parse(rule)))
        .isEqualTo(reached);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/**", "/api*", "/api/*/x", "api/*", "**", "*", "api", "*.*"})
  void aMappingThatProtectsNothingStopsTheStart_C03(String pattern) {
    assertThatThrownBy(() -> MappedPaths.requireMeaningful(List.of("/me", pattern)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining('"' + pattern + '"')
        .hasMessageContaining("Write /api/*");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/{id}, /api/* for",
    "/{x}/*, /api/* for everything below /api or /* for",
    "//api/*, /api/* for",
    "/api//*, /api/* for",
    "/api/./*, /api/* for",
    "/api/../x/*, /x/* for",
    "/x/.., /api/* for everything below /api or /* for",
    "/api/., /api/* for",
    "/api;v=1/*, /api/* for",
    "/api?x=1, /api/* for",
    "/api/x#y, /api/* for",
    "/api\\x/*, /api/* for",
    "'/api /v2/x', /api/* for",
    "'/api/\u0000x', /api/* for",
    "'/api/\u200Bx/*', /api/* for",
    "//*, /api/* for",
    "*.tar.gz, *.json for",
    "*./api, *.json for",
    "*., *.json for",
    "*.{ext}, *.json for",
    "'*.js\t', *.json for"
  })
  void aMappingThatNoPathHasStopsTheStart(String pattern, String instead) {
    String text = instead.replace(" or ", ", or ");
    assertThatThrownBy(() -> MappedPaths.requireMeaningful(List.of("/me", pattern)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining('"' + pattern + '"')
        .hasMessageContaining("Write " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%61pi/*", "/a%2Fb", "*.js%70"})
  void anEncodedMappingStopsTheStart(String pattern) {
    assertThatThrownBy(() -> MappedPaths.requireMeaningful(List.of(pattern)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("percent-encoded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/*",
        "/",
        "/100%",
        "/api/*",
        "/api",
        "/api/",
        "*.json",
        "/a.b/c",
        "/my files/*",
        "/a[1]/*",
        "/a+b:c@d/*",
        "/.well-known/*",
        "/.../x"
      })
  void aMappingOfTheSpecificationIsTaken_C03(String pattern) {
    assertThatCode(() -> MappedPaths.requireMeaningful(List.of(pattern)))
        .doesNotThrowAnyException();
  }

  /** A filter for an extension protects what ends so, and a rule for a folder names more. */
  @ParameterizedTest
  @CsvSource({
    "*.do,/api/**,names more than this filter is mapped to",
    "*.do,/api/x,never applies",
    "*.do,/api/x.do,",
    "*.do,/**,"
  })
  void aRuleForMoreThanAnExtensionIsWarnedOf(String pattern, String rule, String text) {
    RuleSettings settings =
        new RuleSettings(
            List.of(PathPattern.parse(rule)), Set.of(), Set.of(), Mode.REQUIRED, Set.of());
    try (HoldfastLines log = new HoldfastLines()) {
      MappedPaths.ofUrlPatterns(List.of(pattern)).warnOfOthers(List.of(settings), "");
      assertThat(log.with("holdfast.rules[0].paths")).hasSize(text == null ? 0 : 1);
      assertThat(log.with(text == null ? "nothing" : text)).hasSize(text == null ? 0 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"/payments,true", "/api/x,true", "/other,false"})
  void everyMappingCounts_C89(String rule, boolean reached) {
    assertThat(
            MappedPaths.ofUrlPatterns(List.of("/api/*", "/payments"))
                .reach(PathPattern.parse(rule)))
        .isEqualTo(reached);
  }
}
