package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.policy.PathPattern;
import dev.holdfast.servlet.registration.MappedPaths;
import java.util.List;
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
    "*.json,/payments,true",
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
  @ValueSource(strings = {"/%61pi/*", "/a%2Fb", "*.js%70"})
  void anEncodedMappingStopsTheStart(String pattern) {
    assertThatThrownBy(() -> MappedPaths.requireMeaningful(List.of(pattern)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("percent-encoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/*", "/", "/100%", "/api/*", "/api", "/api/", "*.json", "/a.b/c"})
  void aMappingOfTheSpecificationIsTaken_C03(String pattern) {
    assertThatCode(() -> MappedPaths.requireMeaningful(List.of(pattern)))
        .doesNotThrowAnyException();
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
