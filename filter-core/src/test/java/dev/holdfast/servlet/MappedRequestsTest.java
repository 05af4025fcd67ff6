package dev.holdfast.servlet;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.FORWARD;
import static jakarta.servlet.DispatcherType.INCLUDE;
import static jakarta.servlet.DispatcherType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.evidence.EvidenceSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping without {@code REQUEST} beside another mapping of the same filter that has it. */
@Tag("verify")
class MappedRequestsTest extends FilterFixture {
  private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);
  private static final EnumSet<DispatcherType> OTHERS = EnumSet.complementOf(EnumSet.of(REQUEST));
  private static final String OPEN = "without the dispatcher type REQUEST: Holdfast looks at";

  private static Consumer<FilterRegistration.Dynamic> to(
      EnumSet<DispatcherType> types, String... urlPatterns) {
    return registration -> registration.addMappingForUrlPatterns(types, true, urlPatterns);
  }

  private static Consumer<FilterRegistration.Dynamic> toServlet(
      EnumSet<DispatcherType> types, String... names) {
    return registration -> registration.addMappingForServletNames(types, true, names);
  }

  private void assertRefused(
      DispatcherServers container, String open, Consumer<FilterRegistration.Dynamic> mapping)
      throws Exception {
    for (Filter filter : List.of(filter(VALID), new ProxyFilter(EvidenceSource.ofContainer()))) {
      assertThat(container.refusal(filter, mapping))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining(
              "the filter's mapping: the filter h is mapped to "
                  + open
                  + " without the dispatcher type REQUEST, and no other mapping of it has REQUEST"
                  + " there")
          .hasMessageContaining("Map it for all five dispatcher types");
    }
  }

  private void assertSilent(
      DispatcherServers container, Consumer<FilterRegistration.Dynamic> mapping) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(container.refusal(filter(VALID), mapping)).isNull();
      assertThat(log.with("the filter h is mapped to")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPathIsNotProtectedByRequestsToAnotherOne(DispatcherServers container) throws Exception {
    Consumer<FilterRegistration.Dynamic> admin = to(ALL, "/admin/*");
    assertRefused(container, "/api/*", to(EnumSet.of(FORWARD), "/api/*").andThen(admin));
    assertRefused(container, "/api/*", admin.andThen(to(OTHERS, "/api/*")));
    assertRefused(container, "/adminx/*", admin.andThen(to(OTHERS, "/adminx/*")));
    assertRefused(container, "*.json", admin.andThen(to(OTHERS, "*.json")));
    assertRefused(container, "/admin", to(OTHERS, "/admin").andThen(to(ALL, "/admin/x/*")));
    assertRefused(
        container, "/a, /b/*", to(OTHERS, "/a").andThen(admin).andThen(to(OTHERS, "/b/*")));
  }

  @ParameterizedTest
  @EnumSource
  void neitherIsAServlet(DispatcherServers container) throws Exception {
    assertRefused(
        container, "the servlet page", toServlet(OTHERS, "page").andThen(to(ALL, "/api/*")));
    assertRefused(container, "/api/*", to(OTHERS, "/api/*").andThen(toServlet(ALL, "page")));
  }

  @ParameterizedTest
  @EnumSource
  void whereRequestsAreSeenByAnotherMappingItStarts(DispatcherServers container) throws Exception {
    assertSilent(container, to(OTHERS, "/api/*").andThen(to(ALL, "/*")));
    assertSilent(container, to(OTHERS, "/api/*").andThen(to(EnumSet.of(REQUEST), "/api/*")));
    assertSilent(container, to(OTHERS, "/api/x", "/api", "/api/x/*").andThen(to(ALL, "/api/*")));
    assertSilent(container, to(OTHERS, "/x/y.json").andThen(to(ALL, "*.json")));
    assertSilent(container, toServlet(OTHERS, "page").andThen(to(ALL, "/page")));
    assertSilent(container, to(OTHERS, "/page").andThen(toServlet(ALL, "page")));
  }

  /** No client can ask for a servlet without a path; other servlets dispatch to it by its name. */
  @ParameterizedTest
  @EnumSource
  void aServletWithoutAPathNeedsNoRequests(DispatcherServers container) throws Exception {
    assertSilent(container, toServlet(OTHERS, "named").andThen(to(ALL, "/api/*")));
  }

  @ParameterizedTest
  @EnumSource
  void everyPathForDispatchesBesideSomeForRequestsIsOneWarning(DispatcherServers container)
      throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(
              container.refusal(
                  filter(VALID),
                  to(OTHERS, "/*").andThen(to(EnumSet.of(REQUEST), "/api/*", "/me"))))
          .isNull();
      assertThat(log.with("the filter h is mapped to"))
          .singleElement()
          .asString()
          .contains("/* " + OPEN + " no request of a client outside of /api/*, /me.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingForThePathsWithRequestsIsStillNamed(DispatcherServers container)
      throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      EnumSet<DispatcherType> some = EnumSet.of(FORWARD, ASYNC, ERROR);
      assertThat(
              container.refusal(
                  filter(VALID), to(some, "/*").andThen(to(EnumSet.of(REQUEST), "/api/*"))))
          .isNull();
      assertThat(log.with(OPEN)).hasSize(1);
      assertThat(log.with("is mapped to /api/* without " + INCLUDE + ". What")).hasSize(1);
    }
  }

  /** Undertow's files need a filter that sees the requests for every path. */
  @ParameterizedTest
  @EnumSource(names = "UNDERTOW")
  void everyPathForDispatchesIsNotEveryPathForFiles(DispatcherServers container) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(container.refusal(filter(VALID), to(OTHERS, "/*").andThen(to(ALL, "/api/*"))))
          .isNull();
      assertThat(log.with("Undertow serves static files there")).hasSize(1);
    }
  }

  /** Tomcat decodes a mapping once, so that it protects what its author means. */
  @ParameterizedTest
  @EnumSource
  void anEncodedMappingStopsTheStartWhereTheContainerDoesNotDecodeIt(DispatcherServers container)
      throws Exception {
    Throwable refusal = container.refusal(filter(VALID), to(ALL, "/%61pi/*"));
    if (container == DispatcherServers.TOMCAT) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal).hasMessageContaining("is percent-encoded");
    }
  }

  @Test
  void anEncodedMappingProtectsTheDecodedPathInTomcat() throws Exception {
    start(
        context -> {
          addPage(context);
          to(ALL, "/%61pi/*").accept(context.addFilter("h", filter(VALID)));
        });
    assertThat(send("GET", "/api/x", "Accept", "*/*").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/open", "Accept", "*/*").statusCode()).isEqualTo(200);
  }

  /** A dispatch by name has no path that a mapping by URL could match. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMappingByServletNameSeesADispatchByName(boolean byName) throws Exception {
    start(
        context -> {
          context.addServlet("outer", new ByName()).addMapping("/open");
          context.addServlet("page", new Inner()).addMapping("/api/page");
          FilterRegistration.Dynamic filter = context.addFilter("h", filter(VALID));
          to(ALL, "/api/*").accept(filter);
          if (byName) {
            toServlet(ALL, "page").accept(filter);
          }
        });
    assertThat(send("GET", "/open", "Accept", "*/*").statusCode()).isEqualTo(byName ? 401 : 200);
  }

  /** The status is the outer page's, and the included part is not served. */
  @Test
  void aRefusedIncludeLeavesTheOuterPageAlone() throws Exception {
    start(
        context -> {
          context.addServlet("outer", new Including()).addMapping("/open");
          context.addServlet("page", new Inner()).addMapping("/api/page");
          to(ALL, "/api/*").accept(context.addFilter("h", filter(VALID)));
        });
    assertThat(send("GET", "/open", "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(reached).hasValue(1);
  }

  private final class Inner extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      reached.addAndGet(100);
    }
  }

  private static final class ByName extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      getServletContext().getNamedDispatcher("page").forward(request, response);
    }
  }

  private final class Including extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      reached.incrementAndGet();
      request.getRequestDispatcher("/api/page").include(request, response);
    }
  }
}
