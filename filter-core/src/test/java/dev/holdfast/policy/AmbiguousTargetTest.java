package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmbiguousTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a",
        "/a/",
        "/app/admin/x",
        "/a.b/c",
        "/...",
        "/.well-known/x",
        "/a..b/..c/d..",
        "/%61dmin",
        "/caf%C3%A9",
        "/%f0%9f%94%91",
        "/files/my%20doc", // C37
        "/files/a%20%20b/c%20d.txt",
        "/100%21/%22a%22%3Cb%3E",
        "/a~b!$&'()*+,=:@-_|^"
      })
  void aPlainPathHasOneReading_C37(String rawPath) {
    assertThat(AmbiguousTarget.is(rawPath)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "admin",
        "../admin",
        "*",
        "http://host/admin",
        "//admin",
        "/a//b",
        "/a//",
        "/./a",
        "/a/.",
        "/a/..",
        "/a/../b",
        "/app/../admin",
        "/a;b",
        "/a/..;/admin",
        "/;/admin",
        "/a\\b",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\tb",
        "/a\u0000",
        "/a\u007f",
        "/caf\u00e9",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a%5C",
        "/%2e/a",
        "/a/%2e%2e/admin",
        "/a/.%2E/b",
        "/a%252Fb",
        "/a%3bb",
        "/a%3Fb",
        "/a%23b",
        "/a%00b",
        "/a%0d%0ab",
        "/admin%20",
        "/admin%20/x",
        "/%20admin",
        "/a/%20/b",
        "/a%20%20",
        "/a%7f",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a%-1",
        "/a%+1b",
        "/a%1",
        "/a%c0%afb", // overlong '/'
        "/a%e0%80%af",
        "/caf%e9", // Latin-1
        "/a%ed%a0%80",
        "/a%ff"
      })
  void aPathOfTwoReadingsIsRecognised_T96(String rawPath) {
    assertThat(AmbiguousTarget.is(rawPath)).isTrue();
  }
}
