package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One filter instance with init parameters, in a context that stops and starts again. */
@Tag("verify")
class RestartTest {
  private static final String READ_TWICE = "an init parameter for a filter that was configured";

  @TempDir Path directory;

  static Stream<Arguments> filters() {
    return Stream.of(
        Arguments.of(
            new HoldfastFilter(),
            Map.of(
                "policy", "required",
                "tokens.issuers[0].issuer", "https://localhost:1",
                "tokens.issuers[0].audiences", "https://api.example"),
            401),
        Arguments.of(
            new BoundCookieFilter(),
            Map.of("cookies.names", "APP", "cookies.secrets", CookieFixture.NEW),
            200));
  }

  private static int status(int port) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/x")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static Server jetty(ServletContextHandler context, FilterHolder holder) {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    server.addConnector(connector);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    context.addServlet(new Page(), "/*");
    server.setHandler(context);
    return server;
  }

  @ParameterizedTest
  @MethodSource("filters")
  void inJetty(Filter filter, Map<String, String> parameters, int status) throws Exception {
    FilterHolder holder = new FilterHolder(filter);
    holder.setInitParameters(parameters);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    Server server = jetty(context, holder);
    try {
      server.start();
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      assertThat(status(port)).isEqualTo(status);
      context.stop();
      context.start();
      assertThat(status(port)).isEqualTo(status);
    } finally {
      server.stop();
    }
  }

  /** What is wrong in the parameters is said again, and not something else. */
  @ParameterizedTest
  @MethodSource("filters")
  void afterAStartThatFailed(Filter filter, Map<String, String> parameters, int status)
      throws Exception {
    FilterHolder holder = new FilterHolder(filter);
    holder.setInitParameters(parameters);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    Server server = new Server();
    context.addFilter(holder, "/x/*", EnumSet.of(DispatcherType.FORWARD));
    server.setHandler(context);
    try {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(server::start)
            .isInstanceOf(InvalidSettingException.class)
            .hasMessageContaining("the filter's mapping: ");
        server.stop();
      }
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("filters")
  void inTomcat(Filter filter, Map<String, String> parameters, int status) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext("", directory.toString());
    context.addServletContainerInitializer(
        (classes, application) -> add(application, filter, parameters), Set.of());
    context.addLifecycleListener(
        event -> { // a reload forgets servlets and initializers, and keeps the filter
          if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
            Tomcat.addServlet(context, "page", new Page()).addMapping("/*");
          }
        });
    tomcat.start();
    try {
      int port = tomcat.getConnector().getLocalPort();
      assertThat(status(port)).isEqualTo(status);
      context.reload();
      assertThat(context.getState().isAvailable()).isTrue();
      assertThat(status(port)).isEqualTo(status);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static void add(
      ServletContext application, Filter filter, Map<String, String> parameters) {
    FilterRegistration.Dynamic registration = application.addFilter("h", filter);
    registration.setAsyncSupported(true);
    registration.setInitParameters(parameters);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  static Stream<Filter> ofCode() {
    return Stream.of(
        HoldfastFilter.builder().issuer("https://localhost:1", "https://api.example").build(),
        BoundCookieFilter.builder().names("APP").secrets(CookieFixture.NEW).build());
  }

  /** What code has configured stays, and an init parameter is refused at every start. */
  @ParameterizedTest
  @MethodSource("ofCode")
  void aFilterOfCodeTakesNoParametersAtTheSecondStartEither(Filter filter) throws Exception {
    FilterHolder holder = new FilterHolder(filter);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    Server server = jetty(context, holder);
    try {
      server.start();
      context.stop();
      holder.setInitParameter("policy", "off");
      assertThatThrownBy(context::start)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining(READ_TWICE);
    } finally {
      server.stop();
    }
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(200);
    }
  }
}
