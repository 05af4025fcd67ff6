package dev.holdfast.servlet;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.FORWARD;
import static jakarta.servlet.DispatcherType.INCLUDE;
import static jakarta.servlet.DispatcherType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.registration.MappedDispatchers;
import dev.holdfast.servlet.registration.container.TomcatFilters;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For which dispatcher types a filter is mapped, in each container. */
@Tag("verify")
class MappedDispatchersTest extends FilterFixture {
  private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);
  private static final String WARNING = "does not pass the filter: a forward from another path";

  private static Consumer<FilterRegistration.Dynamic> to(
      EnumSet<DispatcherType> types, String... urlPatterns) {
    return registration -> registration.addMappingForUrlPatterns(types, true, urlPatterns);
  }

  private static BoundCookieFilter cookies() {
    return BoundCookieFilter.builder().names("JSESSIONID").secrets(CookieFixture.NEW).build();
  }

  private static void assertRefused(Throwable refusal, String text) {
    assertThat(refusal)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("the filter's mapping: ")
        .hasMessageContaining(text);
  }

  private List<String> warnings(
      DispatcherServers container, Consumer<FilterRegistration.Dynamic> mapping) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(container.refusal(filter(VALID), mapping)).isNull();
      return log.with(WARNING);
    }
  }

  private static void assertOne(List<String> warnings, String gap) {
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the filter h is mapped to " + gap + ". What the container dispatches")
        .endsWith("Map it for all five dispatcher types, as the README shows.");
  }

  @ParameterizedTest
  @EnumSource
  void withoutRequestTheStartStops(DispatcherServers container) throws Exception {
    EnumSet<DispatcherType> others = EnumSet.complementOf(EnumSet.of(REQUEST));
    for (Filter filter :
        List.of(filter(VALID), cookies(), new ProxyFilter(EvidenceSource.ofContainer()))) {
      assertRefused(
          container.refusal(filter, to(others, "/*")),
          "the filter h is mapped without the dispatcher type REQUEST, and protects nothing");
    }
    assertRefused(
        container.refusal(
            filter(VALID), r -> r.addMappingForServletNames(EnumSet.of(FORWARD), true, "page")),
        "without the dispatcher type REQUEST");
  }

  @ParameterizedTest
  @EnumSource
  void whatOtherDispatchesPassByIsNamedInOneLine(DispatcherServers container) throws Exception {
    EnumSet<DispatcherType> requests = EnumSet.of(REQUEST);
    assertOne(
        warnings(container, to(requests, "/api/*")), "/api/* without FORWARD INCLUDE ASYNC ERROR");
    assertOne(
        warnings(container, r -> r.addMappingForServletNames(requests, true, "page")),
        "the servlet page without FORWARD INCLUDE ASYNC ERROR");
    assertOne(
        warnings(
            container,
            to(EnumSet.of(REQUEST, ASYNC), "/api/*").andThen(to(EnumSet.of(REQUEST), "/pub"))),
        "/api/* without FORWARD INCLUDE ERROR, /pub without FORWARD INCLUDE ASYNC ERROR");
    assertOne(
        warnings(
            container, to(EnumSet.of(REQUEST), "/a/*").andThen(to(EnumSet.of(FORWARD), "/a/*"))),
        "/a/* without INCLUDE ASYNC ERROR");
  }

  /** What is forwarded or included has passed such a filter already. */
  @ParameterizedTest
  @EnumSource
  void ofAFilterForEveryPathOnlyErrorsAndAsyncMatter(DispatcherServers container) throws Exception {
    assertOne(warnings(container, to(EnumSet.of(REQUEST), "/*")), "/* without ASYNC ERROR");
    assertOne(
        warnings(container, to(EnumSet.of(REQUEST, FORWARD, INCLUDE, ERROR), "/*")),
        "/* without ASYNC");
    assertThat(warnings(container, to(EnumSet.of(REQUEST, ASYNC, ERROR), "/*"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void allTypesAreSilent(DispatcherServers container) throws Exception {
    assertThat(warnings(container, to(ALL, "/api/*", "/pub"))).isEmpty();
    assertThat(warnings(container, r -> r.addMappingForServletNames(ALL, true, "page"))).isEmpty();
    assertThat(warnings(container, to(ALL, "/api/*").andThen(to(EnumSet.of(FORWARD), "/api/x"))))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aCookieFilterMustSeeRequestsOfEveryPath(DispatcherServers container) throws Exception {
    assertRefused(
        container.refusal(cookies(), to(EnumSet.of(FORWARD), "/*").andThen(to(ALL, "/app/*"))),
        "some requests do not reach the filter h");
    assertThat(container.refusal(cookies(), to(EnumSet.of(REQUEST, ASYNC, ERROR), "/*"))).isNull();
  }

  /** The reason for the warning. */
  @Test
  void aForwardFromAnotherPathIsNotSeenWithoutItsType() throws Exception {
    start(
        context -> {
          addPage(context);
          to(EnumSet.of(REQUEST), "/api/*").accept(context.addFilter("h", filter(VALID)));
        });
    assertThat(get("/open/forward")).isEqualTo(200);
    assertThat(decisions).hasValue(0);
    assertThat(reached).hasValue(2);
  }

  @Test
  void noDispatcherInWebXmlIsRequestInTomcat() throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      Context context =
          start(
              servletContext -> {
                addPage(servletContext);
                Context inner = innermost(servletContext);
                FilterDef definition = new FilterDef();
                definition.setFilterName("h");
                definition.setFilter(filter(VALID));
                definition.setAsyncSupported("true");
                inner.addFilterDef(definition);
                FilterMap map = new FilterMap();
                map.setFilterName("h");
                map.addURLPattern("*");
                inner.addFilterMap(map);
              });
      assertThat(context.getState().isAvailable()).isTrue();
      assertOne(log.with(WARNING), "/* without ASYNC ERROR");
    }
  }

  private static Context innermost(ServletContext facade) {
    try {
      return (Context) TomcatFilters.container(facade);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noDispatcherInJettyIsRequestAndAsyncWhereTheFilterSupportsIt() throws Exception {
    Server server = new Server();
    ServletContextHandler context = new ServletContextHandler();
    FilterHolder holder = new FilterHolder(filter(VALID));
    holder.setName("h");
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/api/*", null);
    server.setHandler(context);
    try (HoldfastLines log = new HoldfastLines()) {
      server.start();
      assertOne(log.with(WARNING), "/api/* without FORWARD INCLUDE ERROR");
    } finally {
      server.stop();
    }
  }

  @Test
  void ofAnotherContainerNothingIsSaid() {
    ServletContext context =
        (ServletContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> null);
    FilterConfig config =
        (FilterConfig)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getServletContext") ? context : "h");
    try (HoldfastLines log = new HoldfastLines()) {
      MappedDispatchers dispatchers = MappedDispatchers.of(config);
      dispatchers.check("h");
      assertThat(dispatchers.seeRequestsOf("/*")).isTrue();
      assertThat(log.with("the filter h")).isEmpty();
    }
  }
}
