package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a session's companion, and what only looks like one. */
interface CompanionCases extends WithCookieFixture {

  @ParameterizedTest
  @ValueSource(strings = {"", "cut", "flipped", "unbound", "missing"})
  default void aCompanionThatIsNotTheIssuedOneOpensNothing(String change) {
    Browser owner = fixture().signedIn();
    String issued = owner.cookies().get(CookieFixture.COMPANION);
    Browser forger = fixture().browser(CookieFixture.OWNER).withStolen(owner);
    switch (change) {
      case "cut" ->
          forger.cookies().put(CookieFixture.COMPANION, issued.substring(0, issued.length() - 1));
      case "flipped" ->
          forger
              .cookies()
              .put(
                  CookieFixture.COMPANION,
                  issued.substring(0, issued.length() - 2)
                      + (issued.charAt(issued.length() - 2) == 'A' ? 'B' : 'A')
                      + issued.substring(issued.length() - 1));
      case "unbound" ->
          forger.cookies().put(CookieFixture.COMPANION, issued.replaceFirst("^1\\.c", "1.-"));
      case "missing" -> forger.cookies().remove(CookieFixture.COMPANION);
      default -> forger.cookies().put(CookieFixture.COMPANION, "");
    }

    assertThat(forger.get("/me").statusCode()).isEqualTo(307);
    assertThat(forger.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  default void twoCompanionsAreNone() {
    Browser owner = fixture().signedIn();
    String issued = owner.cookies().get(CookieFixture.COMPANION);
    assertThat(owner.get("/me", "Cookie", CookieFixture.COMPANION + "=" + issued).statusCode())
        .isEqualTo(307);
  }

  @Test
  default void theCompanionOfAnotherSessionIsNone() {
    Browser owner = fixture().signedIn();
    Browser second = fixture().signedIn();
    second.cookies().put(CookieFixture.COMPANION, owner.cookies().get(CookieFixture.COMPANION));
    assertThat(second.page("/me")).isEqualTo("nobody");
  }

  @Test
  default void anOldSecretStillChecksAndTheCompanionIsIssuedAgain() {
    Browser owner;
    Map<String, String> before;
    try (StartedServer old = fixture().server(builder -> builder.secrets(CookieFixture.OLD))) {
      owner = fixture().browser(old, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1);
      owner.get("/set?how=header&value=v1");
      before = Map.copyOf(owner.cookies());
    }
    try (StartedServer rotated =
        fixture().server(builder -> builder.secrets(CookieFixture.NEW, CookieFixture.OLD))) {
      Browser moved =
          fixture()
              .browser(rotated, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1)
              .withStolen(owner);
      HttpResponse<String> response = moved.get("/seen");
      assertThat(response.body()).isEqualTo("APP APP");
      assertThat(Browser.lines(response, "APP")).isEmpty();
      assertThat(Browser.lines(response, "APP-bound"))
          .singleElement()
          .asString()
          .contains("Path=/", "SameSite=Strict", "Expires=", "Secure", "HttpOnly");
      assertThat(moved.cookies().get("APP-bound")).isNotEqualTo(before.get("APP-bound"));
      assertThat(moved.get("/seen").headers().allValues("set-cookie")).isEmpty();
      owner = moved;
    }
    Browser here = fixture().browser(CookieFixture.OWNER).withStolen(owner);
    assertThat(here.page("/seen")).as("under the new secret alone").isEqualTo("APP APP");
    here.cookies().putAll(before);
    assertThat(here.page("/seen")).as("the old secret is forgotten").isEqualTo("none none");
  }
}
