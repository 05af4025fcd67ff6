package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.cookie.BoundCookieFilterBuilder;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bound cookies do over a real container with real TLS; each container subclasses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BoundCookieContract {
  private static final String OLD = "an old secret that is long enough to be one";
  private static final String NEW = "a newer secret that is long enough to be one";
  private static final String SESSION = "JSESSIONID";
  private static final String COMPANION = "JSESSIONID-bound";
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity OWNER = PKI.clientCertificate("CN=owner");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");

  private Server server;

  protected abstract Server start(ServerSpec spec, CookieServlets application, IntSupplier reached);

  @BeforeAll
  void start() {
    server = server(builder -> builder.secrets(NEW));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Server server(UnaryOperator<BoundCookieFilterBuilder> settings) {
    BoundCookieFilter filter =
        settings.apply(BoundCookieFilter.builder().names(SESSION, "APP")).build();
    CookieServlets application = new CookieServlets(filter);
    return start(
        new ServerSpec(Map.of(), PKI.serverCertificate(), PKI, ServerSpec.Forwarding.IGNORED),
        application,
        application::reached);
  }

  private Browser browser(Identity identity) {
    return browser(server, identity, HttpClient.Version.HTTP_1_1);
  }

  private static Browser browser(Server at, Identity identity, HttpClient.Version version) {
    return new Browser(
        identity == null ? PKI.sslContext() : PKI.sslContext(identity), at.port(), version);
  }

  private Browser signedIn() {
    Browser owner = browser(OWNER);
    assertThat(owner.page("/login?user=alice")).isEqualTo("welcome");
    return owner;
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void theRightfulBrowserKeepsItsSession(HttpClient.Version version) {
    Browser owner = browser(server, OWNER, version);
    HttpResponse<String> login = owner.get("/login?user=alice");
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(Browser.lines(login, SESSION)).last().asString().contains("Secure", "HttpOnly");
    assertThat(Browser.lines(login, COMPANION))
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
  void aStolenSessionOpensNothingWithAnotherKey_andLivesOnForItsOwner(HttpClient.Version version) {
    Browser owner = signedIn();
    Browser thief = browser(server, THIEF, version).withStolen(owner);
    int reached = server.reached();

    HttpResponse<String> stolen = thief.get("/me?a=b");
    assertThat(stolen.statusCode()).isEqualTo(307);
    assertThat(stolen.headers().firstValue("location")).contains("./me?a=b");
    assertThat(stolen.body()).isEmpty();
    assertThat(server.reached()).isEqualTo(reached);
    assertThat(thief.cookies()).doesNotContainKey(SESSION);
    assertThat(thief.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  void aStolenSessionOpensNothingWithoutAKey() {
    Browser owner = signedIn();
    Browser thief = browser(null).withStolen(owner);

    assertThat(thief.page("/me")).isEqualTo("nobody");
    assertThat(thief.cookies()).doesNotContainKey(SESSION);
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  void noSessionIsAcceptedOverPlainHttp() {
    Browser owner = signedIn();
    int reached = server.reached();
    HttpResponse<String> plain = owner.get("/me", CookieServlets.PLAIN, "1");

    assertThat(plain.statusCode()).isEqualTo(403);
    assertThat(server.reached()).isEqualTo(reached);
    assertThat(owner.cookies()).isEmpty();
  }

  @Test
  void aBrowserThatDoesNotLetGoIsSentBackOnceOnly() {
    Browser owner = signedIn();
    Browser thief = browser(THIEF).withStolen(owner);
    String held = owner.cookies().get(SESSION);

    assertThat(thief.get("/me").statusCode()).isEqualTo(307);
    thief.cookies().put(SESSION, held);
    assertThat(thief.get("/me").statusCode()).isEqualTo(403);
    assertThat(thief.cookies()).isEmpty();
  }

  @Test
  void whatIsNotReadingIsNotSentBack() {
    Browser owner = signedIn();
    Browser thief = browser(THIEF).withStolen(owner);
    int reached = server.reached();

    assertThat(thief.send("POST", "/me").statusCode()).isEqualTo(403);
    assertThat(thief.cookies()).isEmpty();
    assertThat(server.reached()).isEqualTo(reached);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cut", "flipped", "unbound", "missing"})
  void aCompanionThatIsNotTheIssuedOneOpensNothing(String change) {
    Browser owner = signedIn();
    String issued = owner.cookies().get(COMPANION);
    Browser forger = browser(OWNER).withStolen(owner);
    switch (change) {
      case "cut" -> forger.cookies().put(COMPANION, issued.substring(0, issued.length() - 1));
      case "flipped" ->
          forger
              .cookies()
              .put(
                  COMPANION,
                  issued.substring(0, issued.length() - 2)
                      + (issued.charAt(issued.length() - 2) == 'A' ? 'B' : 'A')
                      + issued.substring(issued.length() - 1));
      case "unbound" -> forger.cookies().put(COMPANION, issued.replaceFirst("^1\\.c", "1.-"));
      case "missing" -> forger.cookies().remove(COMPANION);
      default -> forger.cookies().put(COMPANION, "");
    }

    assertThat(forger.get("/me").statusCode()).isEqualTo(307);
    assertThat(forger.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  void twoCompanionsAreNone() {
    Browser owner = signedIn();
    String issued = owner.cookies().get(COMPANION);
    assertThat(owner.get("/me", "Cookie", COMPANION + "=" + issued).statusCode()).isEqualTo(307);
  }

  @Test
  void theCompanionOfAnotherSessionIsNone() {
    Browser owner = signedIn();
    Browser second = signedIn();
    second.cookies().put(COMPANION, owner.cookies().get(COMPANION));
    assertThat(second.page("/me")).isEqualTo("nobody");
  }

  @Test
  void aSessionInTheUrlIsNone() {
    Browser owner = signedIn();
    String id = owner.cookies().get(SESSION);
    Browser same = browser(OWNER);
    same.cookies().put(COMPANION, owner.cookies().get(COMPANION));
    int reached = server.reached();

    HttpResponse<String> answer = same.get("/me;jsessionid=" + id);
    if (server.reached() == reached) {
      assertThat(answer.statusCode()).isEqualTo(307);
      assertThat(answer.headers().firstValue("location")).contains("./me");
    } else {
      assertThat(answer.body()).isEqualTo("nobody");
    }
    assertThat(browser(OWNER).page("/link")).isEqualTo("/me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/new", "/flush", "/redirect", "/fail", "/reset", "/async"})
  void theCompanionIsThereHoweverTheResponseEnds(String path) {
    Browser owner = browser(OWNER);
    owner.get(path);
    assertThat(owner.cookies()).containsKey(COMPANION);
    if (owner.cookies().containsKey(SESSION)) { // reset may have taken it
      String id = owner.cookies().get(SESSION);
      assertThat(owner.get("/new").statusCode()).isEqualTo(200);
      assertThat(owner.cookies()).containsEntry(SESSION, id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forward", "/include", "/dispatch"})
  void dispatchesKeepTheDecision_T92(String path) {
    Browser owner = signedIn();
    assertThat(owner.page(path)).isEqualTo("alice");
    assertThat(browser(THIEF).withStolen(owner).page(path)).isEqualTo("nobody");
  }

  @Test
  void aSessionOfNobodysKeyIsWithheldWhereOneIsRequired() {
    Browser keyless = browser(null);
    assertThat(keyless.page("/login?user=mallory")).isEqualTo("welcome");
    assertThat(keyless.cookies()).isEmpty();
    assertThat(keyless.page("/me")).isEqualTo("nobody");
    keyless.get("/set?how=cookie&value=v");
    assertThat(keyless.cookies()).isEmpty();
  }

  @Test
  void whereItIsNotRequiredABoundSessionStillNeedsItsKey() {
    try (Server lenient =
        server(builder -> builder.secrets(NEW).requirement(CookieBinder.Requirement.WHEN_PROVEN))) {
      Browser keyless = browser(lenient, null, HttpClient.Version.HTTP_1_1);
      keyless.page("/login?user=bob");
      assertThat(keyless.page("/me")).isEqualTo("bob");

      Browser owner = browser(lenient, OWNER, HttpClient.Version.HTTP_1_1);
      owner.page("/login?user=alice");
      assertThat(owner.page("/me")).isEqualTo("alice");
      Browser thief = browser(lenient, null, HttpClient.Version.HTTP_1_1).withStolen(owner);
      assertThat(thief.page("/me")).isEqualTo("nobody");
      thief.cookies().clear();
      thief.cookies().put(SESSION, owner.cookies().get(SESSION));
      assertThat(thief.page("/me")).as("without the companion").isEqualTo("nobody");
      assertThat(owner.page("/me")).isEqualTo("alice");
      assertThat(keyless.get("/me", CookieServlets.PLAIN, "1").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void anOldSecretStillChecksAndTheCompanionIsIssuedAgain() {
    Browser owner;
    Map<String, String> before;
    try (Server old = server(builder -> builder.secrets(OLD))) {
      owner = browser(old, OWNER, HttpClient.Version.HTTP_1_1);
      owner.get("/set?how=header&value=v1");
      before = Map.copyOf(owner.cookies());
    }
    try (Server rotated = server(builder -> builder.secrets(NEW, OLD))) {
      Browser moved = browser(rotated, OWNER, HttpClient.Version.HTTP_1_1).withStolen(owner);
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
    Browser here = browser(OWNER).withStolen(owner);
    assertThat(here.page("/seen")).as("under the new secret alone").isEqualTo("APP APP");
    here.cookies().putAll(before);
    assertThat(here.page("/seen")).as("the old secret is forgotten").isEqualTo("none none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cookie", "header", "setHeader"})
  void anApplicationsCookieIsBoundHoweverItIsSet(String how) {
    Browser owner = browser(OWNER);
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
    Browser thief = browser(THIEF).withStolen(owner);
    assertThat(thief.page("/seen")).isEqualTo("none none");
    assertThat(thief.cookies()).isEmpty();
    thief.withStolen(owner);
    assertThat(thief.get("/seen", CookieServlets.PLAIN, "1").body()).isEqualTo("none none");
    owner.cookies().put("APP", "v2");
    assertThat(owner.page("/seen")).as("another value").isEqualTo("none none");
  }

  @Test
  void twoCookiesOfOneNameAreNone() {
    Browser owner = browser(OWNER);
    owner.get("/set?how=cookie&value=v1");
    assertThat(owner.get("/seen", "Cookie", "APP=v1").body()).isEqualTo("none none");
  }

  @Test
  void aCookieThatTheApplicationEndsTakesItsCompanionAlong() {
    Browser owner = browser(OWNER);
    owner.get("/set?how=cookie&value=v1");
    assertThat(owner.cookies()).containsOnlyKeys("APP", "APP-bound");
    owner.get("/end");
    assertThat(owner.cookies()).isEmpty();
  }

  @Test
  void otherCookiesAreLeftAlone() {
    Browser keyless = browser(null);
    keyless.cookies().put("theme", "dark");
    assertThat(keyless.page("/seen")).isEqualTo("theme theme");
    assertThat(List.copyOf(keyless.cookies().keySet())).containsExactly("theme");
  }

  @Test
  void aSessionThatEndedIsNoObstacle() {
    Browser owner = signedIn();
    owner.get("/logout");
    assertThat(owner.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/login?user=alice")).isEqualTo("welcome");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }
}
