package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies that the application sets itself. */
interface ApplicationCookieCases extends WithCookieFixture {

  @ParameterizedTest
  @ValueSource(strings = {"cookie", "header", "setHeader"})
  default void anApplicationsCookieIsBoundHoweverItIsSet(String how) {
    Browser owner = fixture().browser(CookieFixture.OWNER);
    HttpResponse<String> response = owner.get("/set?how=" + how + "&value=v1");
    assertThat(response.headers().allValues("set-cookie")).hasSize(2);
    for (String line : response.headers().allValues("set-cookie")) {
      assertThat(line).containsIgnoringCase("Path=/").contains("Secure", "HttpOnly");
    }
    assertThat(Browser.lines(response, "APP-bound"))
        .singleElement()
        .asString()
        .contains("SameSite=Strict", "Expires=");
    assertThat(owner.page("/seen")).isEqualTo("APP APP");
    Browser thief = fixture().browser(CookieFixture.THIEF).withStolen(owner);
    assertThat(thief.page("/seen")).isEqualTo("none none");
    assertThat(thief.cookies()).isEmpty();
    owner.cookies().put("APP", "v2");
    assertThat(owner.page("/seen")).as("another value").isEqualTo("none none");
  }

  /** Whatever the browser's clock says. */
  @ParameterizedTest
  @ValueSource(strings = {"cookie", "header", "setHeader"})
  default void bothLiveForTheSameTime(String how) {
    HttpResponse<String> response =
        fixture().browser(CookieFixture.OWNER).get("/set?how=" + how + "&value=v1");
    for (String name : List.of("APP", "APP-bound")) {
      assertThat(Browser.lines(response, name))
          .singleElement()
          .asString()
          .containsIgnoringCase("Max-Age=600");
    }
  }

  @Test
  default void everyNameIsBoundByItself() {
    String special = "a!#$%&'*+-.^_`|~Z";
    try (StartedServer server =
        fixture()
            .server(
                builder -> builder.names("APP", special, "NOBODYS").secrets(CookieFixture.NEW))) {
      Browser owner = fixture().browser(server, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1);
      for (String name : List.of("APP", special, "app", "OTHER")) {
        String encoded = URLEncoder.encode(name, StandardCharsets.US_ASCII);
        owner.get("/set?how=header&value=v1&name=" + encoded);
      }
      assertThat(owner.cookies())
          .containsOnlyKeys("APP", "APP-bound", special, special + "-bound", "app", "OTHER");
      assertThat(owner.page("/seen").split(" ", 2)[0].split(","))
          .containsExactlyInAnyOrder("APP", special, "app", "OTHER");

      Browser thief =
          fixture()
              .browser(server, CookieFixture.THIEF, HttpClient.Version.HTTP_1_1)
              .withStolen(owner);
      assertThat(thief.page("/seen").split(" ", 2)[0].split(","))
          .as("names are case-sensitive")
          .containsExactlyInAnyOrder("app", "OTHER");
      owner.cookies().put("APP-bound", owner.cookies().get(special + "-bound"));
      assertThat(owner.page("/seen")).as("another cookie's companion").doesNotContain("APP");
    }
  }

  /** The session is one that nobody asked to bind. */
  @Test
  default void aNameThatNoCookieHasBindsNothing() {
    try (StartedServer server =
        fixture().server(builder -> builder.names("NOBODYS").secrets(CookieFixture.NEW))) {
      Browser keyless = fixture().browser(server, null, HttpClient.Version.HTTP_1_1);
      keyless.get("/login?user=bob");
      assertThat(keyless.cookies()).containsOnlyKeys(CookieFixture.SESSION);
      assertThat(keyless.page("/me")).isEqualTo("bob");
    }
  }

  @Test
  default void twoCookiesOfOneNameAreNone() {
    Browser owner = fixture().browser(CookieFixture.OWNER);
    owner.get("/set?how=cookie&value=v1");
    assertThat(owner.get("/seen", "Cookie", "APP=v1").body()).isEqualTo("none none");
  }

  @Test
  default void aCookieThatTheApplicationEndsTakesItsCompanionAlong() {
    Browser owner = fixture().browser(CookieFixture.OWNER);
    owner.get("/set?how=cookie&value=v1");
    assertThat(owner.cookies()).containsOnlyKeys("APP", "APP-bound");
    owner.get("/end");
    assertThat(owner.cookies()).isEmpty();
  }

  @Test
  default void otherCookiesAreLeftAlone() {
    Browser keyless = fixture().browser(null);
    keyless.cookies().put("theme", "dark");
    assertThat(keyless.page("/seen")).isEqualTo("theme theme");
    assertThat(List.copyOf(keyless.cookies().keySet())).containsExactly("theme");
  }
}
