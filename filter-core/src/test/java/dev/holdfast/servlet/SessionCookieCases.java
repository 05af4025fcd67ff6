package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cookie.CookieBinder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container's session, in its owner's hands and in others'. */
interface SessionCookieCases extends WithCookieFixture {

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  default void theRightfulBrowserKeepsItsSession(HttpClient.Version version) {
    Browser owner = fixture().browser(CookieFixture.OWNER, version);
    HttpResponse<String> login = owner.get("/login?user=alice");
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(Browser.lines(login, CookieFixture.SESSION))
        .last()
        .asString()
        .contains("Secure", "HttpOnly");
    assertThat(Browser.lines(login, CookieFixture.COMPANION))
        .last()
        .asString()
        .contains("Path=/", "Secure", "HttpOnly");

    assertThat(owner.page("/me")).isEqualTo("alice");
    assertThat(owner.get("/me").headers().allValues("set-cookie")).isEmpty();
    assertThat(owner.page("/rename")).isNotEmpty();
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  default void aStolenSessionOpensNothingWithAnotherKey_andLivesOnForItsOwner(
      HttpClient.Version version) {
    Browser owner = fixture().signedIn();
    Browser thief = fixture().browser(CookieFixture.THIEF, version).withStolen(owner);
    int reached = fixture().reached();

    HttpResponse<String> stolen = thief.get("/me?a=b");
    assertThat(stolen.statusCode()).isEqualTo(307);
    assertThat(stolen.headers().firstValue("location")).contains("./me?a=b");
    assertThat(stolen.body()).isEmpty();
    assertThat(fixture().reached()).isEqualTo(reached);
    assertThat(thief.cookies()).doesNotContainKey(CookieFixture.SESSION);
    assertThat(thief.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  default void aStolenSessionOpensNothingWithoutAKey() {
    Browser owner = fixture().signedIn();
    Browser thief = fixture().browser(null).withStolen(owner);

    assertThat(thief.page("/me")).isEqualTo("nobody");
    assertThat(thief.cookies()).doesNotContainKey(CookieFixture.SESSION);
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  default void aBrowserThatDoesNotLetGoIsSentBackOnceOnly() {
    Browser owner = fixture().signedIn();
    Browser thief = fixture().browser(CookieFixture.THIEF).withStolen(owner);
    String held = owner.cookies().get(CookieFixture.SESSION);

    assertThat(thief.get("/me").statusCode()).isEqualTo(307);
    thief.cookies().put(CookieFixture.SESSION, held);
    assertThat(thief.get("/me").statusCode()).isEqualTo(403);
    assertThat(thief.cookies()).isEmpty();
  }

  @Test
  default void whatIsNotReadingIsNotSentBack() {
    Browser owner = fixture().signedIn();
    Browser thief = fixture().browser(CookieFixture.THIEF).withStolen(owner);
    int reached = fixture().reached();

    assertThat(thief.send("POST", "/me").statusCode()).isEqualTo(403);
    assertThat(thief.cookies()).isEmpty();
    assertThat(fixture().reached()).isEqualTo(reached);
  }

  @Test
  default void aSessionInTheUrlIsNone() {
    Browser owner = fixture().signedIn();
    String id = owner.cookies().get(CookieFixture.SESSION);
    Browser same = fixture().browser(CookieFixture.OWNER);
    same.cookies().put(CookieFixture.COMPANION, owner.cookies().get(CookieFixture.COMPANION));
    int reached = fixture().reached();

    HttpResponse<String> answer = same.get("/me;jsessionid=" + id);
    if (fixture().reached() == reached) {
      assertThat(answer.statusCode()).isEqualTo(307);
      assertThat(answer.headers().firstValue("location")).contains("./me");
    } else {
      assertThat(answer.body()).isEqualTo("nobody");
    }
    assertThat(fixture().browser(CookieFixture.OWNER).page("/link")).isEqualTo("/me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/new", "/flush", "/redirect", "/fail", "/reset", "/async"})
  default void theCompanionIsThereHoweverTheResponseEnds(String path) {
    Browser owner = fixture().browser(CookieFixture.OWNER);
    owner.get(path);
    assertThat(owner.cookies()).containsKey(CookieFixture.COMPANION);
    if (owner.cookies().containsKey(CookieFixture.SESSION)) { // reset may have taken it
      String id = owner.cookies().get(CookieFixture.SESSION);
      assertThat(owner.get("/new").statusCode()).isEqualTo(200);
      assertThat(owner.cookies()).containsEntry(CookieFixture.SESSION, id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forward", "/include", "/dispatch"})
  default void dispatchesKeepTheDecision_T92(String path) {
    Browser owner = fixture().signedIn();
    assertThat(owner.page(path)).isEqualTo("alice");
    assertThat(fixture().browser(CookieFixture.THIEF).withStolen(owner).page(path))
        .isEqualTo("nobody");
  }

  /** Fields that an included part adds are ignored, but not the container's session cookie. */
  @ParameterizedTest
  @ValueSource(strings = {"/new", "/enter?user=alice", "/login?user=alice", "/again"})
  default void aSessionThatAnIncludedPartMakesHasItsCompanion(String path) {
    Browser owner = fixture().browser(CookieFixture.OWNER);
    assertThat(owner.get("/include?to=" + path).statusCode()).isEqualTo(200);
    assertThat(owner.cookies()).containsKeys(CookieFixture.SESSION, CookieFixture.COMPANION);
    String id = owner.cookies().get(CookieFixture.SESSION);
    assertThat(owner.get("/new").statusCode()).isEqualTo(200);
    assertThat(owner.cookies()).containsEntry(CookieFixture.SESSION, id);
    assertThat(fixture().browser(CookieFixture.THIEF).withStolen(owner).page("/me"))
        .isEqualTo("nobody");
  }

  @Test
  default void aSessionThatAnIncludedPartRenamesKeepsItsOwner() {
    Browser owner = fixture().signedIn();
    Browser before = fixture().browser(CookieFixture.OWNER).withStolen(owner);
    owner.get("/include?to=/rename");
    assertThat(owner.page("/me")).isEqualTo("alice");
    assertThat(before.page("/me")).isEqualTo("nobody");
  }

  @Test
  default void aSessionOfNobodysKeyThatAnIncludedPartMakesIsWithheld() {
    Browser keyless = fixture().browser(null);
    keyless.get("/include?to=/new");
    assertThat(keyless.cookies()).isEmpty();
  }

  @Test
  default void aSessionOfNobodysKeyIsWithheldWhereOneIsRequired() {
    Browser keyless = fixture().browser(null);
    assertThat(keyless.page("/login?user=mallory")).isEqualTo("welcome");
    assertThat(keyless.cookies()).isEmpty();
    assertThat(keyless.page("/me")).isEqualTo("nobody");
    keyless.get("/set?how=cookie&value=v");
    assertThat(keyless.cookies()).isEmpty();
  }

  @Test
  default void whereItIsNotRequiredABoundSessionStillNeedsItsKey() {
    try (StartedServer lenient =
        fixture()
            .server(
                builder ->
                    builder
                        .secrets(CookieFixture.NEW)
                        .requirement(CookieBinder.CookieRequirement.WHEN_PROVEN))) {
      Browser keyless = fixture().browser(lenient, null, HttpClient.Version.HTTP_1_1);
      keyless.page("/login?user=bob");
      assertThat(keyless.page("/me")).isEqualTo("bob");

      Browser owner = fixture().browser(lenient, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1);
      owner.page("/login?user=alice");
      assertThat(owner.page("/me")).isEqualTo("alice");
      Browser thief =
          fixture().browser(lenient, null, HttpClient.Version.HTTP_1_1).withStolen(owner);
      assertThat(thief.page("/me")).isEqualTo("nobody");
      thief.cookies().clear();
      thief.cookies().put(CookieFixture.SESSION, owner.cookies().get(CookieFixture.SESSION));
      assertThat(thief.page("/me")).as("without the companion").isEqualTo("nobody");
      assertThat(owner.page("/me")).isEqualTo("alice");
      assertThat(keyless.plainly().get("/me").statusCode()).isEqualTo(403);
    }
  }

  @Test
  default void aSessionThatEndedIsNoObstacle() {
    Browser owner = fixture().signedIn();
    owner.get("/logout");
    assertThat(owner.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/login?user=alice")).isEqualTo("welcome");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }
}
