package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement;
import dev.holdfast.policy.BindingPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Jetty with a relaxed {@code UriCompliance}, and filters that are mapped to some paths only. */
@Tag("verify")
class JettyComplianceTest {
  private static final String WARNING = "the UriCompliance of a Jetty connector";
  private static final String SEPARATOR = "AMBIGUOUS_PATH_SEPARATOR";
  private static final String EMPTY_SEGMENT = "AMBIGUOUS_EMPTY_SEGMENT";
  private static final String REACHED = "secret";

  @TempDir Path files;
  private final FilterHolder filter = new FilterHolder(filter());
  private final ServletContextHandler context = new ServletContextHandler("/");

  @BeforeEach
  void application() throws IOException {
    Files.writeString(Files.createDirectory(files.resolve("api")).resolve("file.txt"), "<secret>");
    filter.setName("h");
    context.setBaseResourceAsPath(files);
    context.addServlet(new ServletHolder("page", new Page()), "/api/servlet/*");
    context.addServlet(new ServletHolder("files", new DefaultServlet()), "/");
  }

  private static HoldfastFilter filter() {
    return new HoldfastFilter(
        new BindingEnforcer(
            List.of(),
            FilterFixture.VALID,
            BindingPolicy.everywhere(
                new Requirement(Requirement.Mode.REQUIRED, Set.of(ConfirmationMethod.CERTIFICATE))),
            EnforcementListener.silent()));
  }

  /** What comes of these targets, asked for as they stand. */
  private List<String> answers(Consumer<Server> connectors, String... targets) throws Exception {
    Server server = new Server();
    connectors.accept(server);
    server.setHandler(context);
    server.start();
    try {
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      List<String> answers = new ArrayList<>();
      for (String target : targets) {
        answers.add(RawHttp.http1(RawHttp.clear(port), target, "localhost", List.of()));
      }
      return answers;
    } finally {
      server.stop();
    }
  }

  private static Consumer<Server> allowing(UriCompliance compliance) {
    return server -> {
      ServerConnector connector = new ServerConnector(server, http(compliance));
      connector.setHost("localhost");
      server.addConnector(connector);
    };
  }

  private static HttpConnectionFactory http(UriCompliance compliance) {
    return new HttpConnectionFactory(configuration(compliance));
  }

  private static HttpConfiguration configuration(UriCompliance compliance) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(compliance);
    return configuration;
  }

  private void map(String urlPattern) {
    context.addFilter(filter, urlPattern, EnumSet.allOf(DispatcherType.class));
  }

  /** If a later Jetty refuses the second target, the warning has no reason any more. */
  @ParameterizedTest
  @CsvSource({
    EMPTY_SEGMENT + ", /api/*, /api/file.txt, //api/file.txt",
    EMPTY_SEGMENT + ", /api/*, /api/file.txt, /;x/api/file.txt",
    EMPTY_SEGMENT + ", /api/file.txt, /api/file.txt, /api//file.txt",
    SEPARATOR + ", /api/*, /api/servlet/x, /api%2fservlet/x",
    SEPARATOR + ", /api/servlet/x, /api/servlet/x, /api/servlet%2fx"
  })
  void aMappingThatRequestsPassByIsNamed(
      String violation, String pattern, String target, String around) throws Exception {
    map(pattern);
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(answers(allowing(UriCompliance.from("DEFAULT," + violation)), target, around))
          .containsExactly(RawHttp.REFUSED, REACHED);
      assertThat(log.with(WARNING))
          .singleElement()
          .asString()
          .contains("mapped to " + pattern, "allows " + violation + ".", "Map it to /*")
          .doesNotContain("policy=off"); // that demands a valid token all the same
    }
  }

  static Stream<UriCompliance> relaxed() {
    return Stream.of(UriCompliance.LEGACY, UriCompliance.UNSAFE);
  }

  @ParameterizedTest
  @MethodSource("relaxed")
  void oneLineNamesBothOfThem(UriCompliance compliance) throws Exception {
    map("/api/*");
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(answers(allowing(compliance), "//api/file.txt", "/api%2fservlet/x"))
          .containsOnly(REACHED);
      assertThat(log.with(WARNING))
          .singleElement()
          .asString()
          .contains("allows " + EMPTY_SEGMENT + ", " + SEPARATOR, "//api/file", "/api%2fx");
    }
  }

  /** Every connector counts, and every protocol of it. */
  @Test
  void aSecondConnectorForHttp2IsSeen() throws Exception {
    map("/api/*");
    Consumer<Server> second =
        server ->
            server.addConnector(
                new ServerConnector(
                    server,
                    http(UriCompliance.DEFAULT),
                    new HTTP2CServerConnectionFactory(configuration(UriCompliance.LEGACY))));
    try (HoldfastLines log = new HoldfastLines()) {
      answers(allowing(UriCompliance.DEFAULT).andThen(second));
      assertThat(log.with(WARNING)).hasSize(1);
    }
  }

  /** All other violations may be allowed: the filter is asked, and nothing is said. */
  static Stream<UriCompliance> strict() {
    return Stream.of(
        UriCompliance.DEFAULT,
        UriCompliance.RFC3986,
        UriCompliance.UNSAFE.without(
            "OTHERS",
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
  }

  @ParameterizedTest
  @MethodSource("strict")
  void aStrictComplianceLetsNothingPassBy(UriCompliance compliance) throws Exception {
    map("/api/*");
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(
              answers(
                  allowing(compliance),
                  "/api/file.txt",
                  "//api/file.txt",
                  "/;x/api/file.txt",
                  "/api%2fservlet/x",
                  "/x/%2e%2e/api/file.txt",
                  "/x/..;/api/file.txt",
                  "/api;x/servlet/x",
                  "/%2561pi/servlet/x"))
          .containsOnly(RawHttp.REFUSED);
      assertThat(log.with(WARNING)).isEmpty();
    }
  }

  /** An extension is compared with the end of the path that the servlet gets. */
  @ParameterizedTest
  @CsvSource({"/*", "*.txt"})
  void aMappingThatNothingPassesByIsNotNamed(String pattern) throws Exception {
    map(pattern);
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(
              answers(
                  allowing(UriCompliance.UNSAFE),
                  "/api/file.txt",
                  "//api/file.txt",
                  "/api//file.txt",
                  "/;x/api/file.txt",
                  "/api%2ffile.txt",
                  "/api/file.txt%2f"))
          .containsOnly(RawHttp.REFUSED);
      assertThat(log.with(WARNING)).isEmpty();
    }
  }

  @Test
  void aFilterByTheNameOfAServletIsAskedWheneverThatServletAnswers() throws Exception {
    FilterMapping mapping = new FilterMapping();
    mapping.setFilterName("h");
    mapping.setServletName("page");
    mapping.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    context.getServletHandler().addFilter(filter, mapping);
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(answers(allowing(UriCompliance.LEGACY), "/api%2fservlet/x"))
          .containsExactly(RawHttp.REFUSED);
      assertThat(log.with(WARNING)).isEmpty();
    }
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("<" + REACHED + ">");
    }
  }
}
