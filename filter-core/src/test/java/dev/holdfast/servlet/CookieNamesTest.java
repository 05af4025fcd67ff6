package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.cookie.BoundCookieFilter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of cookies beside that of the container's session. */
@Tag("verify")
class CookieNamesTest extends FilterFixture {
  private static final String WARNING = "holdfast.cookies.names does not name ";

  private boolean starts(String sessionCookie, String... names) throws Exception {
    return start(
            context -> {
              addPage(context);
              context.getSessionCookieConfig().setName(sessionCookie);
              context.getSessionCookieConfig().setSecure(true);
              context.getSessionCookieConfig().setHttpOnly(true);
              BoundCookieFilter.builder()
                  .names(names)
                  .secrets(CookieFixture.NEW)
                  .build()
                  .register(context);
            })
        .getState()
        .isAvailable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSESIONID", "jsessionid", "JSessionId", "jsesionid", "JSESSIONIDS"})
  void aNameThatIsNearTheSessionCookieStopsTheStart(String name) throws Exception {
    assertThat(starts("JSESSIONID", name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"JSESSIONID, APP", "JSESSIONID, JSESSIONIDSSO", "SID, UID", "JSESSIONID, SESSION"})
  void anotherNameIsWarnedOfOnce(String sessionCookie, String name) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(starts(sessionCookie, name)).isTrue();
      assertThat(log.with(WARNING)).singleElement().asString().contains(sessionCookie);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"APP", "jsessionid"})
  void nothingIsSaidWhereTheSessionCookieIsNamedToo(String other) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(starts("JSESSIONID", "JSESSIONID", other)).isTrue();
      assertThat(log.with(WARNING)).isEmpty();
    }
  }
}
