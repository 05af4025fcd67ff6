package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  private static boolean matches(String pattern, String path) {
    return PathPattern.parse(pattern).matches(PathPattern.segmentsOf(path), false);
  }

  @ParameterizedTest
  @CsvSource({
    "/, /, true",
    "/, '', true",
    "/, /a, false",
    "/payments, /payments, true",
    "/payments, /payments/, true",
    "/payments/, /payments, true",
    "/payments, /payments/1, false",
    "/payments, /Payments, false",
    "/payments, /payment, false",
    "/payments, /payments2, false",
    "/accounts/*/balance, /accounts/7/balance, true",
    "/accounts/*/balance, /accounts/7/8/balance, false",
    "/accounts/*/balance, /accounts/balance, false",
    "/accounts/*, /accounts, false",
    "/accounts/*, /accounts/, false",
    "/public/**, /public, true",
    "/public/**, /public/, true",
    "/public/**, /public/a/b/c, true",
    "/public/**, /publicity, false",
    "/public/**, /, false",
    "/**, /, true",
    "/**, /a/b, true",
    "/*/**, /, false",
    "/*/**, /a, true"
  })
  void aPatternMatchesWholeSegments(String pattern, String path, boolean matched) {
    assertThat(matches(pattern, path)).isEqualTo(matched);
  }

  @Test
  void theCaseCanBeIgnored() {
    PathPattern pattern = PathPattern.parse("/Admin/*");

    assertThat(pattern.matches(PathPattern.segmentsOf("/aDMIN/x"), true)).isTrue();
    assertThat(pattern.matches(PathPattern.segmentsOf("/aDMIN/x"), false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "payments",
        "*",
        "**",
        "//",
        "//payments",
        "/a//b",
        "/a//",
        "/a/./b",
        "/a/../b",
        "/..",
        "/**/a",
        "/a/***",
        "/a*",
        "/*a/b",
        "/a%2fb",
        "/a;b",
        "/a?b",
        "/a#b",
        "/a\\b",
        "/{id}",
        "/[a]"
      })
  void whatIsNoPathIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPattern.parse(text))
        .withMessageContaining("path");
  }

  @Test
  void aPatternShowsItsText() {
    assertThat(PathPattern.parse("/public/**")).hasToString("/public/**");
  }

  @ParameterizedTest
  @CsvSource({
    "/**, /**, true",
    "/**, /a/*/b, true",
    "/a/**, /a, true",
    "/a/**, /a/**, true",
    "/a/**, /a/b/**, true",
    "/a/*, /a/b, true",
    "/*/b, /a/b, true",
    "/a/, /a, true",
    "/a/b/**, /a/**, false",
    "/a/b/**, /a, false",
    "/a/*, /a/**, false",
    "/a/b, /a/*, false",
    "/a, /A, false",
    "/a/**, /A/b, false",
    "/a, /a/b, false",
    "/a/b, /a, false",
    "/a, /b, false"
  })
  void onePatternCoversAnother(String one, String other, boolean covers) {
    assertThat(PathPattern.parse(one).covers(PathPattern.parse(other))).isEqualTo(covers);
  }
}
