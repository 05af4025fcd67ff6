package dev.holdfast.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 sections 6.2.2 and 6.2.3, as RFC 9449 section 4.3 asks for (T56). */
class TargetUriTest {

  @ParameterizedTest
  @CsvSource({
    "HTTPS://API.Example/a, https://api.example/a",
    "https://api.example:443/a, https://api.example/a",
    "https://api.example:0443/a, https://api.example/a",
    "https://api.example:/a, https://api.example/a",
    "http://api.example:80/a, http://api.example/a",
    "https://api.example:80/a, https://api.example:80/a",
    "http://api.example:443/a, http://api.example:443/a",
    "https://api.example:8443/a, https://api.example:8443/a",
    "https://api.example, https://api.example/",
    "https://api.example?x=/y, https://api.example/",
    "https://api.example#x, https://api.example/",
    "https://api.example/a?x=1, https://api.example/a",
    "https://api.example/a#x, https://api.example/a",
    "https://api.example/a?, https://api.example/a",
    "https://api.example/%7Ea%2d, https://api.example/~a-",
    "https://api.example/a%2fb, https://api.example/a%2Fb",
    "https://api.example/%c3%A9, https://api.example/%C3%A9",
    "https://api.example/A, https://api.example/A",
    "https://api.example/a/, https://api.example/a/",
    "https://api.example/a/./b, https://api.example/a/b",
    "https://api.example/a/../b, https://api.example/b",
    "https://api.example/a/%2e%2E/b, https://api.example/b",
    "https://api.example/../../b, https://api.example/b",
    "https://api.example/a/b/.., https://api.example/a/",
    "https://api.example/a/., https://api.example/a/",
    "https://api.example/.., https://api.example/",
    "https://api.example//a//b, https://api.example//a//b",
    "https://api.example/a//../b, https://api.example/a/b",
    "https://api.example/a;v=1:2@c, https://api.example/a;v=1:2@c",
    "https://api.example/..;/b, https://api.example/..;/b",
    "https://%41pi.ex%61mple/, https://api.example/",
    "https://a%c3%a9b.Example/, https://a%C3%A9b.example/",
    "https://[2001:DB8::1]:443/, https://[2001:db8::1]/",
    "https://[::FFFF:10.0.0.1]:8443/, https://[::ffff:10.0.0.1]:8443/",
    "http://127.0.0.1:8080/me, http://127.0.0.1:8080/me",
  })
  void aUriHasThisNormalForm_T56(String uri, String normal) {
    assertThat(TargetUri.of(uri)).isEqualTo(new TargetUri(normal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/payments",
        "//api.example/",
        "api.example/payments",
        "ftp://api.example/",
        "https:/api.example/",
        "https:///payments",
        "https://",
        "https://?",
        "https://:443/",
        "https://user@api.example/",
        "https://user:pw@api.example/",
        "https://api.example:65536/",
        "https://api.example:4a/",
        "https://api.example:443:443/",
        "https://[::1/",
        "https://[]/",
        "https://[::1%25eth0]/",
        "https://[::1]a/",
        "https://::1/",
        "https://api example/",
        "https://api.example/a b",
        "https://api.example/a\\b",
        "https://api.example/a\"",
        "https://api.example/<a>",
        "https://api.example/{a}",
        "https://api.example/é",
        "https://api.exämple/",
        "https://api.example/%",
        "https://api.example/%4",
        "https://api.example/%4g",
        "https://api.example/%\uff14\uff11",
        "https://api.example/a\r\nb",
        " https://api.example/",
        "https://api.example/ "
      })
  void whatIsNoSuchUriHasNone(String text) {
    assertThat(TargetUri.of(text)).isNull();
  }

  @Test
  void whatDiffersAfterwardsIsAnotherTarget_T56() {
    TargetUri target = TargetUri.of("https://api.example/a/b");

    for (String other :
        new String[] {
          "http://api.example/a/b",
          "https://api2.example/a/b",
          "https://api.example./a/b",
          "https://api.example:444/a/b",
          "https://api.example/a/B",
          "https://api.example/a%2Fb",
          "https://api.example/a/b/",
          "https://api.example/a//b",
          "https://api.example/a/b%20"
        }) {
      assertThat(TargetUri.of(other)).as(other).isNotNull().isNotEqualTo(target);
    }
  }
}
