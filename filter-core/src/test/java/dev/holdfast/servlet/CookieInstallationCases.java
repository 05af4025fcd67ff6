package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter that the container makes, from init parameters, as {@code web.xml} declares it. */
interface CookieInstallationCases extends WithCookieFixture {

  private static Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("cookies.names", "JSESSIONID,APP");
    parameters.put("holdfast.cookies.secrets", CookieFixture.NEW);
    return parameters;
  }

  private static void declare(ServletContext context, Map<String, String> parameters) {
    map(context.addFilter("cookies", BoundCookieFilter.class), parameters);
  }

  private static void map(FilterRegistration.Dynamic filter, Map<String, String> parameters) {
    filter.setInitParameters(parameters);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  /** {@code <cookie-config>}. */
  private static void protect(ServletContext context) {
    context.getSessionCookieConfig().setSecure(true);
    context.getSessionCookieConfig().setHttpOnly(true);
  }

  @Test
  default void thePropertiesOfTheProcessCountToo_C69() {
    System.setProperty("holdfast.cookies.names", "APP");
    System.setProperty("holdfast.policy", "off"); // of another filter in this process
    try (HoldfastLines log = new HoldfastLines();
        StartedServer server =
            fixture()
                .installed(
                    context -> {
                      protect(context);
                      declare(context, Map.of("cookies.secrets", CookieFixture.NEW));
                    })) {
      fixture().browser(server, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1).get("/me");
      assertThat(log.with("Holdfast binds cookies APP, policy required")).hasSize(1);
    } finally {
      System.clearProperty("holdfast.cookies.names");
      System.clearProperty("holdfast.policy");
    }
  }

  @Test
  default void theContainerMayMakeItFromInitParameters() {
    try (HoldfastLines log = new HoldfastLines();
        StartedServer server =
            fixture()
                .installed(
                    context -> {
                      protect(context);
                      declare(context, parameters());
                    })) {
      Browser owner = fixture().browser(server, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1);
      HttpResponse<String> login = owner.get("/login?user=alice");
      assertThat(log.with("Holdfast binds cookies"))
          .containsExactly(
              "Holdfast binds cookies APP JSESSIONID, policy required, methods certificate");
      assertThat(Browser.lines(login, CookieFixture.SESSION))
          .last()
          .asString()
          .contains("Secure", "HttpOnly");
      assertThat(owner.page("/me")).isEqualTo("alice");
      owner.get("/set?how=cookie&value=v");
      assertThat(owner.cookies()).containsKey("APP-bound");

      Browser thief =
          fixture()
              .browser(server, CookieFixture.THIEF, HttpClient.Version.HTTP_1_1)
              .withStolen(owner);
      assertThat(thief.get("/me").statusCode()).isEqualTo(307);
      assertThat(thief.page("/me")).isEqualTo("nobody");
      assertThat(owner.page("/me")).isEqualTo("alice");
      assertThat(owner.plainly().get("/me").statusCode()).isEqualTo(403);
    }
  }

  /** Without {@code <cookie-config>}: some containers listen to a filter, others are past that. */
  @Test
  default void aSessionCookieThatIsSentUnprotectedIsProtectedOrStopsTheApplication_T101() {
    Consumer<ServletContext> installation = context -> declare(context, parameters());
    if (!starts(installation)) {
      return;
    }
    try (StartedServer server = fixture().installed(installation)) {
      Browser owner = fixture().browser(server, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1);
      assertThat(Browser.lines(owner.get("/login?user=alice"), CookieFixture.SESSION))
          .last()
          .asString()
          .contains("Secure", "HttpOnly");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cookies.secrets, short",
    "cookies.names, ''",
    "cookies.names, a b",
    "cookies.names, 'APP,APP-bound'",
    "cookies.policy, lenient",
    "cookies.methods, dpop",
    "cookies.methods, token-binding",
    "cookies.nmaes, APP",
    "certificate.source, none",
    "polcy, required",
    "holdfast.cookies.names, APP"
  })
  default void aWrongInitParameterStopsTheApplication_T101(String name, String value) {
    Map<String, String> parameters = parameters();
    if (name.equals("cookies.secrets")) {
      parameters.remove("holdfast." + name);
    }
    parameters.put(name, value);
    assertThat(
            starts(
                context -> {
                  protect(context);
                  declare(context, parameters);
                }))
        .isFalse();
  }

  @Test
  default void aFilterMadeInCodeTakesNoInitParameters_T101() {
    BoundCookieFilter made =
        BoundCookieFilter.builder().names("APP").secrets(CookieFixture.NEW).build();
    Map<String, String> parameters = Map.of("cookies.policy", "when-proven");
    assertThat(starts(context -> map(context.addFilter("cookies", made), parameters))).isFalse();
  }

  @Test
  default void aSecondRegistrationIsRefused() {
    BoundCookieFilter made =
        BoundCookieFilter.builder().names("APP").secrets(CookieFixture.NEW).build();
    assertThat(
            starts(
                context -> {
                  made.register(context);
                  made.register(context);
                }))
        .isFalse();
  }

  /**
   * Whether the application is served with this. Containers differ in when they refuse it, and in
   * whether they start at all.
   */
  private boolean starts(Consumer<ServletContext> installation) {
    StartedServer server;
    try {
      server = fixture().installed(installation);
    } catch (RuntimeException refused) {
      return false;
    }
    try (server) {
      Browser owner = fixture().browser(server, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1);
      boolean served = owner.get("/login?user=alice").statusCode() == 200;
      assertThat(server.reached()).isEqualTo(served ? 1 : 0);
      assertThat(owner.cookies().isEmpty()).isEqualTo(!served);
      return served;
    }
  }
}
