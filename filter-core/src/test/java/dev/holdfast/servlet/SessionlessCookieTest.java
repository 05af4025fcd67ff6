package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bound cookies in a Jetty application that has no sessions at all. */
@Tag("verify")
class SessionlessCookieTest {

  /** Says whether it sees the cookie {@code APP}. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Cookie[] cookies = request.getCookies();
      response.getWriter().print(cookies == null ? "none" : cookies[0].getName());
    }
  }

  private static Server jetty(String names) {
    FilterHolder holder = new FilterHolder(new BoundCookieFilter());
    holder.setInitParameters(Map.of("cookies.names", names, "cookies.secrets", CookieFixture.NEW));
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    context.addServlet(new Page(), "/*");
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    server.addConnector(connector);
    server.setHandler(context);
    return server;
  }

  @Test
  void theApplicationsOwnCookiesAreBound() throws Exception {
    Server server = jetty("APP");
    try {
      server.start();
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      HttpResponse<String> stolen =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                      .header("Cookie", "APP=stolen")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(stolen.statusCode()).isEqualTo(200);
      assertThat(stolen.body()).isEqualTo("none");
    } finally {
      server.stop();
    }
  }

  @Test
  void aSessionCookieThatCannotBeThereStopsTheStart() throws Exception {
    Server server = jetty("JSESSIONID");
    try {
      assertThatThrownBy(server::start)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("this application has no sessions");
    } finally {
      server.stop();
    }
  }
}
