package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.cookie.BoundCookie;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.cookie.CookieBinder.CookieRequirement;
import dev.holdfast.cookie.CookieScope;
import dev.holdfast.cookie.CookieSecrets;
import dev.holdfast.servlet.SharedServerFixture.Everywhere;
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
  private static final String SHOP = SharedServerFixture.SHOP;
  private static final String HELP = SharedServerFixture.HELP;

  private final SharedServerFixture.Starter starter;

  SharedServerContract(SharedServerFixture.Starter starter) {
    this.starter = starter;
  }

  private SharedServerFixture fixture(Everywhere everywhere) {
    return new SharedServerFixture(starter, everywhere, CookieRequirement.REQUIRED, SHOP, HELP);
  }

  /** The answer of an application that has made a session for this stolen identifier's thief. */
  private static void hasNothingOf(String stolen, HttpResponse<String> answer, Browser thief) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).as("the new session's identifier").isNotEqualTo(bare(stolen));
    assertThat(answer.headers().allValues("set-cookie")).noneMatch(set -> set.contains(stolen));
    String companion = thief.cookies().getOrDefault(CookieFixture.COMPANION, "none");
    thief.cookies().clear();
    thief.cookies().put(CookieFixture.SESSION, stolen);
    thief.cookies().put(CookieFixture.COMPANION, companion);
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
    try (SharedServerFixture fixture = fixture(all)) {
      Browser owner = fixture.owner();
      String stolen = owner.cookies().get(CookieFixture.SESSION);
      Browser thief = fixture.browser(CookieFixture.THIEF);
      thief.cookies().put(CookieFixture.SESSION, stolen);
      if (companion != null) {
        thief.cookies().put(CookieFixture.COMPANION, companion);
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
    try (SharedServerFixture fixture = fixture(everywhere)) {
      Browser owner = fixture.owner();
      Browser thief = fixture.browser(CookieFixture.THIEF).withStolen(owner);
      String stolen = owner.cookies().get(CookieFixture.SESSION);
      hasNothingOf(stolen, thief.get(HELP + "/new"), thief);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void norInTheUrl(Everywhere everywhere) {
    try (SharedServerFixture fixture = fixture(everywhere)) {
      Browser owner = fixture.owner();
      String stolen = owner.cookies().get(CookieFixture.SESSION);
      Browser thief = fixture.browser(CookieFixture.THIEF);
      hasNothingOf(stolen, thief.get(HELP + "/new;jsessionid=" + stolen), thief);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void norWithoutAKeyWhereNoneIsRequired(Everywhere everywhere) {
    try (SharedServerFixture fixture =
        new SharedServerFixture(starter, everywhere, CookieRequirement.WHEN_PROVEN, SHOP, HELP)) {
      Browser owner = fixture.owner();
      String stolen = owner.cookies().get(CookieFixture.SESSION);
      Browser thief = fixture.browser(null);
      thief.cookies().put(CookieFixture.SESSION, stolen);
      HttpResponse<String> answer = thief.get(HELP + "/new");
      assertThat(thief.cookies()).containsKey(CookieFixture.COMPANION);
      hasNothingOf(stolen, answer, thief);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedIdentifierIsNotTheVictims(Everywhere everywhere) {
    try (SharedServerFixture fixture = fixture(everywhere)) {
      Browser thief = fixture.browser(CookieFixture.THIEF);
      thief.get(SHOP + "/enter?user=mallory");
      String planted = thief.cookies().get(CookieFixture.SESSION);
      Browser victim = fixture.browser(CookieFixture.OWNER);
      victim.cookies().put(CookieFixture.SESSION, planted);

      hasNothingOf(planted, victim.get(HELP + "/enter?user=alice"), victim);
      assertThat(thief.page(SHOP + "/me")).isEqualTo("mallory");
      assertThat(thief.page(HELP + "/me")).isEqualTo("nobody");
    }
  }

  /** One browser, both applications, one cookie: nobody is signed out. */
  @ParameterizedTest
  @EnumSource(names = {"CONFIGURED", "BY_CONTAINER"})
  void theOwnerMayShareOneIdentifier(Everywhere everywhere) {
    try (SharedServerFixture fixture = fixture(everywhere)) {
      Browser owner = fixture.owner();
      String id = owner.cookies().get(CookieFixture.SESSION);
      assertThat(owner.page(HELP + "/me")).isEqualTo("nobody");
      assertThat(owner.page(SHOP + "/me")).as("a visit without a session").isEqualTo("alice");
      HttpResponse<String> second = owner.get(HELP + "/enter?user=alice-too");
      assertThat(second.statusCode()).isEqualTo(200);
      if (owner.cookies().get(CookieFixture.SESSION).equals(id)) { // not Tomcat by configuration
        assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
      }
      assertThat(owner.page(HELP + "/me")).isEqualTo("alice-too");
      assertThat(fixture.browser(CookieFixture.THIEF).withStolen(owner).page(HELP + "/me"))
          .isEqualTo("nobody");
      owner.get(HELP + "/rename");
      assertThat(owner.page(HELP + "/me")).isEqualTo("alice-too");
    }
  }

  private static String companion(Identity identity, String id, String scope) {
    return new CookieBinder(
            CookieSecrets.of(List.of(CookieFixture.NEW)), CookieRequirement.REQUIRED)
        .bind(
            new BoundCookie(CookieFixture.SESSION, id),
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
    try (SharedServerFixture fixture = fixture(Everywhere.NO)) {
      Browser owner = fixture.browser(CookieFixture.OWNER);
      String id = owner.get(SHOP + "/enter?user=alice").body();
      List<String> cookies =
          List.of(
              "Cookie: "
                  + CookieFixture.SESSION
                  + '='
                  + owner.cookies().get(CookieFixture.SESSION)
                  + "; "
                  + CookieFixture.COMPANION
                  + '='
                  + companion(CookieFixture.OWNER, id, scope));
      assertThat(CookieProof.page(fixture.server(), target, cookies).equals("alice"))
          .isEqualTo(counts);
      assertThat(owner.page(SHOP + "/me")).isEqualTo("alice");
    }
  }

  /** The path begins with the other application's, and leads to the one at the root. */
  @Test
  void norDoDotSegmentsTakeItToTheApplicationAtTheRoot() {
    try (SharedServerFixture fixture =
        new SharedServerFixture(starter, Everywhere.NO, CookieRequirement.REQUIRED, "", HELP)) {
      Browser owner = fixture.browser(CookieFixture.OWNER);
      String id = owner.get("/enter?user=alice").body();
      assertThat(owner.page("/me")).isEqualTo("alice");
      String session = CookieFixture.SESSION + '=' + owner.cookies().get(CookieFixture.SESSION);
      for (String target : List.of("/help/../me", "/help/%2e%2e/me", "/help/..;/me")) {
        List<String> cookies =
            List.of(
                "Cookie: "
                    + session
                    + "; "
                    + CookieFixture.COMPANION
                    + '='
                    + companion(CookieFixture.OWNER, id, "Path=/help"));
        assertThat(CookieProof.page(fixture.server(), target, cookies))
            .as(target)
            .isNotEqualTo("alice");
      }
    }
  }

  /** He waits inside until the owner, whose companion is good, has made a session of that id. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionThatAnotherRequestMakesMeanwhileIsNotHis(boolean url) {
    try (SharedServerFixture fixture = fixture(Everywhere.BY_CONTAINER)) {
      Browser owner = fixture.owner();
      String stolen = owner.cookies().get(CookieFixture.SESSION);
      Browser thief = fixture.browser(CookieFixture.THIEF);
      if (!url) {
        thief.cookies().put(CookieFixture.SESSION, stolen);
      }
      CookieServlets help = fixture.application(HELP);
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
    try (SharedServerFixture fixture = fixture(everywhere)) {
      Browser guesser = fixture.browser(CookieFixture.OWNER);
      guesser.cookies().put(CookieFixture.SESSION, "guessed");
      HttpResponse<String> answer = guesser.get(SHOP + "/enter?user=alice");
      List<String> lines = Browser.lines(answer, CookieFixture.SESSION);
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
    try (SharedServerFixture fixture = fixture(everywhere)) {
      HttpResponse<String> answer = fixture.browser(null).get(SHOP + "/enter?user=mallory");
      List<String> lines = Browser.lines(answer, CookieFixture.SESSION);
      String path = everywhere == Everywhere.NO ? "/shop" : "/";
      assertThat(lines).last().asString().matches("(?i).*path=" + path + "(;.*)?");
      assertThat(lines).last().asString().containsIgnoringCase("expires=Thu, 01");
      assertThat(Browser.lines(answer, CookieFixture.COMPANION)).isEmpty();
    }
  }
}
