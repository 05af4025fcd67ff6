package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.ServletContainerInitializer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jetty finds the session, and may send its cookie once more, before any filter: a thief learns
 * nothing of it in whatever way he asks, and its owner is not locked out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("verify")
class JettySessionCookieTest {
  private static final int LIFETIME_SECONDS = 3600;
  private static final String NOTHING = "nobody no id, not valid";
  private static final Pattern EXPIRES = Pattern.compile("Expires=([^;]+)");

  private SessionHandler sessions;
  private CookieFixture fixture;

  @BeforeAll
  void open() {
    fixture = new CookieFixture(this::start);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private StartedServer start(
      ServerSpec spec, ServletContainerInitializer application, IntSupplier reached) {
    return JettyServer.start(
        spec,
        application,
        reached,
        context -> {
          sessions = context.getSessionHandler();
          sessions.setMaxCookieAge(LIFETIME_SECONDS);
          sessions.setRefreshCookieAge(LIFETIME_SECONDS / 2);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/look", "/dispatch?to=/look", "/error"})
  void aThiefIsToldNothingOfTheSession(String path) {
    Browser owner = fixture.signedIn();
    assertThat(owner.get(path).body()).isEqualTo("alice an id, valid");

    for (String method : new String[] {"GET", "POST"}) {
      Browser thief = fixture.browser(CookieFixture.THIEF).withStolen(owner);
      int reached = fixture.reached();
      HttpResponse<String> refused = thief.send(method, path);
      assertThat(refused.statusCode()).isEqualTo(method.equals("GET") ? 307 : 403);
      assertThat(refused.body()).isEmpty();
      assertThat(fixture.reached()).as("the application is not asked").isEqualTo(reached);
      assertThat(thief.cookies()).doesNotContainKey(CookieFixture.SESSION);
      assertThat(thief.get(path).body()).isEqualTo(NOTHING);
    }
    assertThat(owner.get(path).body()).isEqualTo("alice an id, valid");
  }

  /** Jetty finds no session then, and the cookie alone is hidden. */
  @ParameterizedTest
  @ValueSource(strings = {"/look", "/dispatch?to=/look", "/error"})
  void anIdentifierWithoutASessionIsHiddenAsWell(String path) {
    Browser guesser = fixture.browser(CookieFixture.THIEF);
    guesser.cookies().put(CookieFixture.SESSION, "node0guessed.node0");

    assertThat(guesser.get(path).body()).isEqualTo(NOTHING);
    assertThat(guesser.cookies()).isEmpty();
    assertThat(guesser.page("/login?user=mallory")).isEqualTo("welcome");
    assertThat(guesser.page("/me")).isEqualTo("mallory");
  }

  private void letTheCookieGrowOld(Browser owner) throws Exception {
    String id = owner.cookies().get(CookieFixture.SESSION).replaceFirst("\\..*", "");
    sessions
        .getManagedSession(id)
        .getSessionData()
        .setCookieSet(System.currentTimeMillis() - Duration.ofSeconds(LIFETIME_SECONDS).toMillis());
  }

  @Test
  void aCookieThatJettySendsOnceMoreGetsItsCompanionOnceMore() throws Exception {
    Browser owner = fixture.signedIn();
    String first = owner.cookies().get(CookieFixture.COMPANION);
    assertThat(owner.get("/me").headers().allValues("set-cookie")).isEmpty();
    letTheCookieGrowOld(owner);
    Instant before = Instant.now();

    HttpResponse<String> renewed = owner.get("/me");
    assertThat(renewed.body()).isEqualTo("alice");
    assertThat(Browser.lines(renewed, CookieFixture.SESSION)).hasSize(1);
    assertThat(Browser.lines(renewed, CookieFixture.COMPANION))
        .singleElement()
        .satisfies(
            line ->
                assertThat(end(line))
                    .isBetween(
                        before.plusSeconds(LIFETIME_SECONDS - 1),
                        Instant.now().plusSeconds(LIFETIME_SECONDS)));
    assertThat(owner.cookies().get(CookieFixture.COMPANION)).startsWith(first.substring(0, 4));
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  private static Instant end(String line) {
    Matcher expires = EXPIRES.matcher(line);
    assertThat(expires.find()).as(line).isTrue();
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires.group(1), Instant::from);
  }

  @ParameterizedTest
  @CsvSource({"GET,307", "POST,403"})
  void aThiefGetsNoneOfThem(String method, int status) throws Exception {
    Browser owner = fixture.signedIn();
    letTheCookieGrowOld(owner);
    Browser thief = fixture.browser(CookieFixture.THIEF).withStolen(owner);

    HttpResponse<String> refused = thief.send(method, "/me");
    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(Browser.lines(refused, CookieFixture.SESSION))
        .last()
        .asString()
        .contains("01 Jan 1970");
    assertThat(Browser.lines(refused, CookieFixture.COMPANION))
        .singleElement()
        .asString()
        .doesNotContain("=1.");
    assertThat(thief.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }
}
