package dev.holdfast.servlet.cookie.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a cookie lives (RFC 6265 section 5.2), which is how long its companion does. */
class SetCookieTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

  private static String scope(String attributes) {
    SetCookie cookie = SetCookie.parse("APP=v" + attributes);
    assertThat(cookie.isDeletion(CLOCK)).isFalse();
    return cookie.scope(CLOCK).attributes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ; Max-Age=600                                                 | Expires=Sun, 29 Nov 2026 12:10:00 GMT
          ; max-age = 600 ; Path=/a                                     | Path=/a; Expires=Sun, 29 Nov 2026 12:10:00 GMT
          ; Max-Age=1                                                   | Expires=Sun, 29 Nov 2026 12:00:01 GMT
          ; Expires=Wed, 09 Jun 2027 10:18:14 GMT                       | Expires=Wed, 9 Jun 2027 10:18:14 GMT
          ; expires=Wed, 09-Jun-2027 10:18:14 gmt                       | Expires=Wed, 9 Jun 2027 10:18:14 GMT
          ; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Max-Age=60           | Expires=Sun, 29 Nov 2026 12:01:00 GMT
          ; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT           | Expires=Sun, 29 Nov 2026 12:01:00 GMT
          ; Max-Age=soon; Expires=Wed, 09 Jun 2027 10:18:14 GMT         | Expires=Wed, 9 Jun 2027 10:18:14 GMT
          ; Max-Age=999999999999999999                                  | Expires=Mon, 3 Jan 2028 12:00:00 GMT
          ; Max-Age=34560000                                            | Expires=Mon, 3 Jan 2028 12:00:00 GMT
          """)
  void theCompanionEndsWithItsCookie(String attributes, String scope) {
    assertThat(scope(attributes)).isEqualTo(scope);
  }

  @ParameterizedTest
  @CsvSource({"''", "; Path=/", "; Max-Age=", "; Expires=tomorrow", "; Secure; HttpOnly"})
  void oneThatEndsWithTheBrowserHasACompanionThatDoes(String attributes) {
    assertThat(scope(attributes)).doesNotContain("Expires", "Max-Age");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ; Max-Age=0
          ; Max-Age=-1
          ; Max-Age=0; Expires=Wed, 09 Jun 2027 10:18:14 GMT
          ; Expires=Thu, 01 Jan 1970 00:00:00 GMT
          ; Expires=Thu, 01-Jan-1970 00:00:10 GMT
          ; Expires=Sun, 29 Nov 2026 12:00:00 GMT
          """)
  void oneThatIsOverIsTakenAway(String attributes) {
    assertThat(SetCookie.parse("APP=v" + attributes).isDeletion(CLOCK)).isTrue();
  }

  @Test
  void bothWaysOfTheApiSayTheSame() {
    Cookie cookie = new Cookie("APP", "v");
    cookie.setMaxAge(600);
    cookie.setPath("/a");
    assertThat(SetCookie.of(cookie).scope(CLOCK).attributes())
        .isEqualTo(scope("; Path=/a; Max-Age=600"));
    cookie.setMaxAge(0);
    assertThat(SetCookie.of(cookie).isDeletion(CLOCK)).isTrue();
  }
}
