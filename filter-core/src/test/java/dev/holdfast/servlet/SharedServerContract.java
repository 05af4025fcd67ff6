package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.cookie.BoundCookie;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.cookie.CookieBinder.Requirement;
import dev.holdfast.cookie.CookieScope;
import dev.holdfast.cookie.CookieSecrets;
import dev.holdfast.servlet.SharedScene.Everywhere;
import dev.holdfast.testing.Identity;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two applications of one server with one secret: an identifier that one of them knows is worth
 * nothing at the other without its companion, and a companion of one is none at the other.
 */
abstract class SharedServerContract {
  private static final String SHOP = SharedScene.SHOP;
  private static final String HELP = SharedScene.HELP;

  private final SharedScene.Starter starter;

  SharedServerContract(SharedScene.Starter starter) {
    this.starter = starter;
  }

  private SharedScene scene(Everywhere everywhere) {
    return new SharedScene(starter, everywhere, Requirement.REQUIRED, SHOP, HELP);
  }

  /** The answer of an application that has made a session for this stolen identifier's thief. */
  private static void hasNothingOf(String stolen, HttpResponse<String> answer, Browser thief) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).as("the new session's identifier").isNotEqualTo(bare(stolen));
    assertThat(answer.headers().allValues("set-cookie")).noneMatch(set -> set.contains(stolen));
    String companion = thief.cookies().getOrDefault(CookieScene.COMPANION, "none");
    thief.cookies().clear();
    thief.cookies().put(CookieScene.SESSION, stolen);
    thief.cookies().put(CookieScene.COMPANION, companion);
    assertThat(thief.get(SHOP + "/me").statusCode()).isEqualTo(307);
  }

  private static String bare(String id) {
    return id.split("\\.", 2)[0];
  }

  @ParameterizedTest
  @CsvSource({
    "NO,/new,",
    "NO,/again,",
    "NO,/async,",
    "CONFIGURED,/new,1.c.x.y",
    "CONFIGURED,/again,",
    "BY_CONTAINER,/new,",
    "BY_CONTAINER,/login,",
    "BY_CONTAINER,/again,1.c.x.y"
  })
  void aStolenIdentifierGetsNoCompanionElsewhere(Everywhere all, String path, String companion) {
    try (SharedScene scene = scene(all)) {
      Browser owner = scene.owner();
      String stolen = owner.cookies().get(CookieScene.SESSION);
      Browser thief = scene.browser(CookieScene.THIEF);
      thief.cookies().put(CookieScene.SESSION, stolen);
      if (companion != null) {
        thief.cookies().put(CookieScene.COMPANION, companion);
      }

      HttpResponse<String> answer = thief.get(HELP + path);
      assertThat(thief.page(HELP + "/me")).isNotEqualTo("nobody");
      hasNothingOf(stolen, answer, thief);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void norWithItsRefusedCompanion(Everywhere everywhere) {
    try (SharedScene scene = scene(everywhere)) {
      Browser owner = scene.owner();
      Browser thief = scene.browser(CookieScene.THIEF).withStolen(owner);
      String stolen = owner.cookies().get(CookieScene.SESSION);
      hasNothingOf(stolen, thief.get(HELP + "/new"), thief);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void norInTheUrl(Everywhere everywhere) {
    try (SharedScene scene = scene(everywhere)) {
      Browser owner = scene.owner();
      String stolen = owner.cookies().get(CookieScene.SESSION);
      Browser thief = scene.browser(CookieScene.THIEF);
      hasNothingOf(stolen, thief.get(HELP + "/new;jsessionid=" + stolen), thief);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void norWithoutAKeyWhereNoneIsRequired(Everywhere everywhere) {
    try (SharedScene scene =
        new SharedScene(starter, everywhere, Requirement.WHEN_PROVEN, SHOP, HELP)) {
      Browser owner = scene.owner();
      String stolen = owner.cookies().get(CookieScene.SESSION);
      Browser thief = scene.browser(null);
      thief.cookies().put(CookieScene.SESSION, stolen);
      HttpResponse<String> answer = thief.get(HELP + "/new");
      assertThat(thief.cookies()).containsKey(CookieScene.COMPANION);
      hasNothingOf(stolen, answer, thief);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedIdentifierIsNotTheVictims(Everywhere everywhere) {
    try (SharedScene scene = scene(everywhere)) {
      Browser thief = scene.browser(CookieScene.THIEF);
      thief.get(SHOP + "/enter?user=mallory");
      String planted = thief.cookies().get(CookieScene.SESSION);
      Browser victim = scene.browser(CookieScene.OWNER);
      victim.cookies().put(CookieScene.SESSION, planted);

      hasNothingOf(planted, victim.get(HELP + "/enter?user=alice"), victim);
      assertThat(thief.page(SHOP + "/me")).isEqualTo("mallory");
      assertThat(thief.page(HELP + "/me")).isEqualTo("nobody");
    }
  }

  /** One browser, both applications, one cookie: nobody is signed out. */
  @ParameterizedTest
  @EnumSource(names = {"CONFIGURED", "BY_CONTAINER"})
  void theOwnerMayShareOneIdentifier(Everywhere everywhere) {
    try (SharedScene scene = scene(everywhere)) {
      Browser owner = scene.owner();
      String id = owner.cookies().get(CookieScene.SESSION);
      assertThat(owner.page(HELP + "/me")).isEqualTo("nobody");
      assertThat(owner.page(SHOP + "/me")).as("a visit without a session").isEqualTo("alice");
      HttpResponse<String> second = owner.get(HELP + "/enter?user=alice-too");
      assertThat(second.statusCode()).isEqualTo(200);
      if (owner.cookies().get(CookieScene.SESSION).equals(id)) { // not Tomcat by configuration
        assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
      }
      assertThat(owner.page(HELP + "/me")).isEqualTo("alice-too");
      assertThat(scene.browser(CookieScene.THIEF).withStolen(owner).page(HELP + "/me"))
          .isEqualTo("nobody");
      owner.get(HELP + "/rename");
      assertThat(owner.page(HELP + "/me")).isEqualTo("alice-too");
    }
  }

  private static String companion(Identity identity, String id, String scope) {
    return new CookieBinder(CookieSecrets.of(List.of(CookieScene.NEW)), Requirement.REQUIRED)
        .bind(
            new BoundCookie(CookieScene.SESSION, id),
            Set.of(new Binding(ConfirmationMethod.CERTIFICATE, CookieProof.digest(identity))),
            new CookieScope(scope))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Path=/help, /shop/me, false",
    "Path=/shop/other, /shop/me, false",
    "Path=/sho, /shop/me, false",
    "Path=/help, /help/../shop/me, false",
    "Path=/shop, /shop/me, true",
    "path=/shop/, /shop/me, true",
    "Path=/, /shop/me, true",
    "'', /shop/me, true",
    "Path=shop, /shop/me, true",
    "Path=/shop/me, /shop/me, true",
    "SameSite=Strict, /shop/me, true"
  })
  void aCompanionCountsWhereItsOwnPathIs(String scope, String target, boolean counts) {
    try (SharedScene scene = scene(Everywhere.NO)) {
      Browser owner = scene.browser(CookieScene.OWNER);
      String id = owner.get(SHOP + "/enter?user=alice").body();
      List<String> cookies =
          List.of(
              "Cookie: "
                  + CookieScene.SESSION
                  + '='
                  + owner.cookies().get(CookieScene.SESSION)
                  + "; "
                  + CookieScene.COMPANION
                  + '='
                  + companion(CookieScene.OWNER, id, scope));
      assertThat(CookieProof.page(scene.server(), target, cookies).equals("alice"))
          .isEqualTo(counts);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  /** The path begins with the other application's, and leads to the one at the root. */
  @Test
  void norDoDotSegmentsTakeItToTheApplicationAtTheRoot() {
    try (SharedScene scene =
        new SharedScene(starter, Everywhere.NO, Requirement.REQUIRED, "", HELP)) {
      Browser owner = scene.browser(CookieScene.OWNER);
      String id = owner.get("/enter?user=alice").body();
      assertThat(owner.page("/me")).isEqualTo("alice");
      String session = CookieScene.SESSION + '=' + owner.cookies().get(CookieScene.SESSION);
      for (String target : List.of("/help/../me", "/help/%2e%2e/me", "/help/..;/me")) {
        List<String> cookies =
            List.of(
                "Cookie: "
                    + session
                    + "; "
                    + CookieScene.COMPANION
                    + '='
                    + companion(CookieScene.OWNER, id, "Path=/help"));
        assertThat(CookieProof.page(scene.server(), target, cookies))
            .as(target)
            .isNotEqualTo("alice");
      }
    }
  }

  /** He waits inside until the owner, whose companion is good, has made a session of that id. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionThatAnotherRequestMakesMeanwhileIsNotHis(boolean url) {
    try (SharedScene scene = scene(Everywhere.BY_CONTAINER)) {
      Browser owner = scene.owner();
      String stolen = owner.cookies().get(CookieScene.SESSION);
      Browser thief = scene.browser(CookieScene.THIEF);
      if (!url) {
        thief.cookies().put(CookieScene.SESSION, stolen);
      }
      CookieServlets help = scene.application(HELP);
      CompletableFuture<HttpResponse<String>> held =
          CompletableFuture.supplyAsync(
              () -> thief.get(HELP + "/held" + (url ? ";jsessionid=" + stolen : "")));
      help.awaitHeld();
      owner.get(HELP + "/enter?user=alice");
      help.release();

      HttpResponse<String> answer = held.join();
      assertThat(answer.body()).doesNotContain("alice");
      assertThat(answer.headers().allValues("set-cookie")).noneMatch(set -> set.contains(stolen));
      assertThat(owner.page(HELP + "/me")).isEqualTo("alice");
    }
  }

  /** The browser keeps nothing of the refused cookie, and what is set is set once. */
  @ParameterizedTest
  @EnumSource
  void aRefusedCookieIsClearedWhereASessionIsMade(Everywhere everywhere) {
    try (SharedScene scene = scene(everywhere)) {
      Browser guesser = scene.browser(CookieScene.OWNER);
      guesser.cookies().put(CookieScene.SESSION, "guessed");
      HttpResponse<String> answer = guesser.get(SHOP + "/enter?user=alice");
      List<String> lines = Browser.lines(answer, CookieScene.SESSION);
      String own = everywhere == Everywhere.NO ? "/shop" : "/";
      assertThat(lines.stream().anyMatch(line -> line.matches("(?i)[^;]*; *path=/(;.*)?")))
          .as("the root may be another application's")
          .isEqualTo(own.equals("/"));
      for (String path : List.of(own, "/shop", "/shop/")) {
        assertThat(lines)
            .filteredOn(line -> line.matches("(?i)[^;]*; *path=" + path + "(;.*)?"))
            .last()
            .asString()
            .matches(line -> line.contains("=;") != path.equals(own), path);
      }
      assertThat(lines).filteredOn(line -> !line.contains("=;")).hasSize(1);
      assertThat(guesser.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  /** The clearing line has the cookie's own path, so that a browser takes it for the same. */
  @ParameterizedTest
  @EnumSource
  void whatIsNotIssuedIsClearedWhereItIs(Everywhere everywhere) {
    try (SharedScene scene = scene(everywhere)) {
      HttpResponse<String> answer = scene.browser(null).get(SHOP + "/enter?user=mallory");
      List<String> lines = Browser.lines(answer, CookieScene.SESSION);
      String path = everywhere == Everywhere.NO ? "/shop" : "/";
      assertThat(lines).last().asString().matches("(?i).*path=" + path + "(;.*)?");
      assertThat(lines).last().asString().containsIgnoringCase("expires=Thu, 01");
      assertThat(Browser.lines(answer, CookieScene.COMPANION)).isEmpty();
    }
  }
}
