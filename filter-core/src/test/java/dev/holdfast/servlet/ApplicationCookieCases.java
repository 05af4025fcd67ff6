package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies that the application sets itself. */
interface ApplicationCookieCases extends InCookieScene {

  @ParameterizedTest
  @ValueSource(strings = {"cookie", "header", "setHeader"})
  default void anApplicationsCookieIsBoundHoweverItIsSet(String how) {
    Browser owner = scene().browser(CookieScene.OWNER);
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
    Browser thief = scene().browser(CookieScene.THIEF).withStolen(owner);
    assertThat(thief.page("/seen")).isEqualTo("none none");
    assertThat(thief.cookies()).isEmpty();
    owner.cookies().put("APP", "v2");
    assertThat(owner.page("/seen")).as("another value").isEqualTo("none none");
  }

  @Test
  default void twoCookiesOfOneNameAreNone() {
    Browser owner = scene().browser(CookieScene.OWNER);
    owner.get("/set?how=cookie&value=v1");
    assertThat(owner.get("/seen", "Cookie", "APP=v1").body()).isEqualTo("none none");
  }

  @Test
  default void aCookieThatTheApplicationEndsTakesItsCompanionAlong() {
    Browser owner = scene().browser(CookieScene.OWNER);
    owner.get("/set?how=cookie&value=v1");
    assertThat(owner.cookies()).containsOnlyKeys("APP", "APP-bound");
    owner.get("/end");
    assertThat(owner.cookies()).isEmpty();
  }

  @Test
  default void otherCookiesAreLeftAlone() {
    Browser keyless = scene().browser(null);
    keyless.cookies().put("theme", "dark");
    assertThat(keyless.page("/seen")).isEqualTo("theme theme");
    assertThat(List.copyOf(keyless.cookies().keySet())).containsExactly("theme");
  }
}
