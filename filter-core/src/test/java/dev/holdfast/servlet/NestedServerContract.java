package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cookie.CookieBinder.CookieRequirement;
import dev.holdfast.servlet.SharedServerFixture.Everywhere;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One application around another, such as {@code ROOT} and {@code /app}: a browser sends the outer
 * one's session cookie to the inner one too, behind that one's own.
 */
abstract class NestedServerContract {
  /** Jetty answers so itself where it knows the sessions of several cookies. */
  private static final String JETTY = "status 400";

  private final SharedServerFixture.Starter starter;

  NestedServerContract(SharedServerFixture.Starter starter) {
    this.starter = starter;
  }

  /** Whether the container looks at every cookie of the name for a session that it knows. */
  abstract boolean findsItsOwn();

  private SharedServerFixture fixture(CookieRequirement requirement, String outer, String inner) {
    return new SharedServerFixture(
        starter,
        Everywhere.NO,
        requirement,
        Map.of(outer, CookieFixture.OLD, inner, CookieFixture.NEW));
  }

  private static CookieJar jar(SharedServerFixture fixture) {
    return new CookieJar(fixture.browser(CookieFixture.OWNER));
  }

  private static CookieJar thief(SharedServerFixture fixture) {
    return new CookieJar(fixture.browser(CookieFixture.THIEF));
  }

  private static String path(String context) {
    return context.isEmpty() ? "/" : context;
  }

  @ParameterizedTest
  @CsvSource({"'', /app", "/a, /a/b"})
  void aVisitToTheInnerOneSignsNobodyOutOfTheOuterOne(String outer, String inner) {
    try (SharedServerFixture fixture = fixture(CookieRequirement.REQUIRED, outer, inner)) {
      CookieJar owner = jar(fixture);
      owner.get(outer + "/enter?user=alice");
      HttpResponse<String> visit = owner.get(inner + "/me");
      assertThat(visit.body()).isEqualTo("nobody");
      assertThat(owner.page(outer + "/me")).isEqualTo("alice");
      owner.get(inner + "/enter?user=inner");
      assertThat(owner.page(outer + "/me")).isEqualTo("alice");
      owner.get(inner + "/logout");
      assertThat(owner.page(outer + "/me")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', /app, true", "'', /app, false", "/a, /a/b, true", "/a, /a/b, false"})
  void bothKeepTheirSessions(String outer, String inner, boolean outerFirst) {
    try (SharedServerFixture fixture = fixture(CookieRequirement.REQUIRED, outer, inner)) {
      CookieJar owner = jar(fixture);
      owner.get((outerFirst ? outer : inner) + "/enter?user=" + (outerFirst ? "outer" : "inner"));
      owner.get((outerFirst ? inner : outer) + "/enter?user=" + (outerFirst ? "inner" : "outer"));
      for (int i = 0; i < 2; i++) {
        assertThat(owner.page(inner + "/me")).isEqualTo(findsItsOwn() ? "inner" : "nobody");
        assertThat(owner.page(outer + "/me")).isEqualTo("outer");
      }
      if (findsItsOwn()) {
        owner.get(inner + "/rename");
        assertThat(owner.page(inner + "/me")).isEqualTo("inner");
      }
      owner.get(inner + "/logout");
      assertThat(owner.page(inner + "/me")).isEqualTo("nobody");
      assertThat(owner.page(outer + "/me")).isEqualTo("outer");
    }
  }

  /** With both sessions, with one of them in each place, and beside sessions of his own. */
  @ParameterizedTest
  @CsvSource({"'', /app, REQUIRED", "/a, /a/b, REQUIRED", "/a, /a/b, WHEN_PROVEN"})
  void noneOfThemOpensAnythingForAThief(String outer, String inner, CookieRequirement requirement) {
    try (SharedServerFixture fixture = fixture(requirement, outer, inner)) {
      CookieJar owner = jar(fixture);
      owner.get(inner + "/enter?user=inner");
      owner.get(outer + "/enter?user=outer");
      assertThat(thief(fixture).withStolen(owner).page(inner + "/me")).isEqualTo("nobody");
      assertThat(thief(fixture).withStolen(owner).page(outer + "/me")).isEqualTo("nobody");

      CookieJar mallory = thief(fixture);
      mallory.get(inner + "/enter?user=mallory");
      String own = mallory.value(CookieFixture.COMPANION, path(inner));
      String ownId = mallory.value(CookieFixture.SESSION, path(inner));
      String stolen = owner.value(CookieFixture.SESSION, path(inner));
      String[][] sent = {
        {stolen, own, ownId, owner.value(CookieFixture.COMPANION, path(inner))},
        {stolen, owner.value(CookieFixture.COMPANION, path(inner)), ownId, own},
        {ownId, own, stolen, owner.value(CookieFixture.COMPANION, path(inner))},
        {stolen, own, stolen, owner.value(CookieFixture.COMPANION, path(inner))},
        {stolen, own, stolen, own}
      };
      for (String[] cookies : sent) {
        CookieJar thief = thief(fixture);
        thief.put(CookieFixture.SESSION, path(inner), cookies[0]);
        thief.put(CookieFixture.COMPANION, path(inner), cookies[1]);
        thief.put(CookieFixture.SESSION, path(outer), cookies[2]);
        thief.put(CookieFixture.COMPANION, path(outer), cookies[3]);
        assertThat(thief.page(inner + "/me")).isIn("nobody", "mallory", "status 403", JETTY);
      }
    }
  }

  /** The owner's own companion, of the other application. */
  @ParameterizedTest
  @CsvSource({"'', /app", "/a, /a/b"})
  void anOuterCompanionIsNoInnerOne(String outer, String inner) {
    try (SharedServerFixture fixture = fixture(CookieRequirement.REQUIRED, outer, inner)) {
      CookieJar owner = jar(fixture);
      owner.get(inner + "/enter?user=inner");
      owner.get(outer + "/enter?user=outer");
      owner.put(
          CookieFixture.COMPANION, path(inner), owner.value(CookieFixture.COMPANION, path(outer)));
      assertThat(owner.page(inner + "/me")).isEqualTo("nobody");
    }
  }

  /** What needs no key holds for everybody: the planted one would be the victim's session. */
  @ParameterizedTest
  @CsvSource({"'', /app", "/a, /a/b"})
  void aPlantedPairBesideOnesOwnIsRefused(String outer, String inner) {
    try (SharedServerFixture fixture = fixture(CookieRequirement.WHEN_PROVEN, outer, inner)) {
      CookieJar planter = new CookieJar(fixture.browser(null));
      planter.get(inner + "/enter?user=mallory");
      CookieJar victim = jar(fixture);
      victim.get(inner + "/enter?user=alice");
      victim.put(
          CookieFixture.SESSION, inner + "/me", planter.value(CookieFixture.SESSION, path(inner)));
      victim.put(
          CookieFixture.COMPANION,
          inner + "/me",
          planter.value(CookieFixture.COMPANION, path(inner)));
      assertThat(victim.get(inner + "/me").statusCode()).isIn(307, 400);
    }
  }

  /** A browser that keeps the refused cookie is not sent in circles by an outer companion. */
  @ParameterizedTest
  @CsvSource({"'', /app", "/a, /a/b"})
  void whoDoesNotLetGoIsSentBackOnceOnly(String outer, String inner) {
    try (SharedServerFixture fixture = fixture(CookieRequirement.REQUIRED, outer, inner)) {
      CookieJar owner = jar(fixture);
      owner.get(inner + "/enter?user=inner");
      owner.get(outer + "/enter?user=outer");
      String held = owner.value(CookieFixture.SESSION, path(inner));
      owner.put(CookieFixture.SESSION, path(outer), held);
      owner.put(CookieFixture.COMPANION, path(inner), "1.c.x.y");
      assertThat(owner.get(inner + "/me").statusCode()).isEqualTo(307);
      assertThat(owner.get(inner + "/me").statusCode()).isEqualTo(403);
    }
  }

  /** With one secret both pairs hold, and which one is meant cannot be told. */
  @ParameterizedTest
  @CsvSource({"'', /app", "/a, /a/b"})
  void withOneSecretTheInnerSessionIsRefused(String outer, String inner) {
    try (SharedServerFixture fixture =
        new SharedServerFixture(starter, Everywhere.NO, CookieRequirement.REQUIRED, outer, inner)) {
      CookieJar owner = jar(fixture);
      owner.get(outer + "/enter?user=outer");
      owner.get(inner + "/enter?user=inner");
      assertThat(owner.get(inner + "/me").statusCode()).isEqualTo(307);
    }
  }
}
