package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.testing.contract.ServerSpec;
import io.undertow.Undertow;
import io.undertow.server.session.SessionCookieConfig;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** A session cookie whose name the servlet API does not show. */
@Tag("verify")
class SessionCookieNameTest {
  private static final String NAME = "SID";

  private static CookieServlets application(String... names) {
    BoundCookieFilter filter =
        BoundCookieFilter.builder().names(names).secrets(CookieFixture.NEW).build();
    return new CookieServlets(filter::register);
  }

  private static ServerSpec spec() {
    return new ServerSpec(
        Map.of(),
        CookieFixture.PKI.serverCertificate(),
        CookieFixture.PKI,
        ServerSpec.Forwarding.IGNORED);
  }

  private static StartedServer tomcat(Consumer<Context> settings, String... names) {
    CookieServlets application = application(names);
    return TomcatServer.start(spec(), application, application::reached, settings);
  }

  private static Browser browser(StartedServer server, boolean owner) {
    return new Browser(
        CookieFixture.PKI.sslContext(owner ? CookieFixture.OWNER : CookieFixture.THIEF),
        server,
        HttpClient.Version.HTTP_1_1);
  }

  /** {@code <Context sessionCookieName="SID"/>}. */
  @Test
  void theNameOfTomcatsContextIsTheSessionsName() {
    try (StartedServer server = tomcat(context -> context.setSessionCookieName(NAME), NAME)) {
      Browser owner = browser(server, true);
      HttpResponse<String> login = owner.get("/login?user=alice");
      assertThat(Browser.lines(login, NAME)).last().asString().contains("Secure", "HttpOnly");
      assertThat(owner.cookies()).containsOnlyKeys(NAME, "SID-bound");
      assertThat(owner.page("/me")).isEqualTo("alice");

      Browser thief = browser(server, false).withStolen(owner);
      int reached = server.reached();
      assertThat(thief.get("/me").statusCode()).isEqualTo(307);
      assertThat(thief.cookies()).doesNotContainKey(NAME);
      Browser url = browser(server, false);
      String id = owner.cookies().get(NAME);
      assertThat(url.get("/me;" + NAME + '=' + id).statusCode()).isEqualTo(307);
      assertThat(server.reached()).isEqualTo(reached);
      assertThat(owner.page("/me")).isEqualTo("alice");
    }
  }

  @Test
  void theNameThatItReplacesStopsTheStart() {
    try (StartedServer server =
        tomcat(context -> context.setSessionCookieName(NAME), CookieFixture.SESSION)) {
      assertThat(browser(server, true).get("/login?user=alice").statusCode()).isEqualTo(404);
      assertThat(server.reached()).isZero();
    }
  }

  /** The cookie has the path that browsers see, and requests have not, behind a proxy. */
  @Test
  void thePathOfTomcatsContextIsTheSessionsPath() {
    try (StartedServer server =
        tomcat(context -> context.setSessionCookiePath("/outside"), CookieFixture.SESSION)) {
      Browser owner = browser(server, true);
      owner.get("/login?user=alice");
      assertThat(owner.page("/me")).isEqualTo("alice");
      Browser thief = browser(server, false).withStolen(owner);
      assertThat(Browser.lines(thief.get("/me"), CookieFixture.SESSION))
          .anyMatch(line -> line.contains("Path=/outside;"));
      assertThat(thief.cookies()).doesNotContainKey(CookieFixture.SESSION);
    }
  }

  @Test
  void soAreItsDomainAndItsSlash() {
    try (StartedServer server =
        tomcat(
            context -> {
              context.setSessionCookieDomain("localhost");
              context.setSessionCookiePath("/outside");
              context.setSessionCookiePathUsesTrailingSlash(true);
            },
            CookieFixture.SESSION)) {
      Browser owner = browser(server, true);
      owner.get("/login?user=alice");
      Browser thief = browser(server, false).withStolen(owner);
      for (String name : List.of(CookieFixture.SESSION, CookieFixture.COMPANION)) {
        assertThat(Browser.lines(thief.get("/me"), name))
            .anyMatch(
                line -> line.contains("Path=/outside/;") && line.contains("Domain=localhost"));
        thief.withStolen(owner);
      }
      assertThat(owner.page("/me")).isEqualTo("alice");
    }
  }

  /** The container's own wrapper names the cookie: nothing of that is in the API. */
  private static StartedServer undertow(CookieServlets application) {
    DeploymentManager manager =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setClassLoader(SessionCookieNameTest.class.getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("another name")
                    .setSessionConfigWrapper(
                        (config, deployment) -> new SessionCookieConfig().setCookieName(NAME))
                    .addServletContainerInitializer(
                        new ServletContainerInitializerInfo(
                            CookieServlets.class,
                            new ImmediateInstanceFactory<>(application),
                            Set.of())));
    manager.deploy();
    try {
      Undertow undertow =
          Undertow.builder()
              .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
              .addHttpsListener(0, "localhost", spec().sslContext())
              .setHandler(manager.start())
              .build();
      undertow.start();
      int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
      return new StartedServer(port, 0, application::reached, undertow::stop);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {CookieFixture.SESSION})
  void aSessionInABoundCookieThatNothingVouchesForIsRefused(String beside) {
    try (StartedServer server = undertow(application(NAME))) {
      Browser owner = browser(server, true);
      owner.get("/enter?user=alice");
      Browser thief = browser(server, false).withStolen(owner);
      if (beside != null) {
        thief.cookies().put(beside, owner.cookies().get(NAME));
      }
      int reached = server.reached();
      assertThat(thief.get("/me").statusCode()).isEqualTo(307);
      assertThat(thief.cookies()).doesNotContainKey(NAME);
      assertThat(server.reached()).isEqualTo(reached);
    }
  }

  /** Nobody asked to bind it, and a warning said so at the start. */
  @Test
  void aSessionInNoBoundCookieIsServed() {
    try (StartedServer server = undertow(application("APP"))) {
      Browser owner = browser(server, true);
      owner.get("/enter?user=alice");
      assertThat(owner.page("/me")).isEqualTo("alice");
    }
  }
}
