package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.servlet.evidence.EvidenceSource;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.server.handler.InetAccessHandler;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.server.handler.SecuredRedirectHandler;
import org.eclipse.jetty.server.handler.ShutdownHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of a Jetty context's filters, whoever changes it. */
@Tag("verify")
class JettyFiltersTest {
  private final Server server = new Server();
  private final ServletContextHandler context = new ServletContextHandler();
  private final FilterHolder holder =
      new FilterHolder(new ProxyFilter(EvidenceSource.ofContainer()));

  @BeforeEach
  void context() {
    holder.setName("h");
    context.addFilter(
        (request, response, chain) -> {}, "/first", EnumSet.of(DispatcherType.REQUEST));
    context.addFilter(holder, "/api/*", EnumSet.of(DispatcherType.REQUEST));
    context.addFilter(holder, "/v2/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    WebSocketServerComponents.ensureWebSocketComponents(server, context);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private List<String> order() {
    return Arrays.stream(context.getServletHandler().getFilterMappings())
        .map(FilterMapping::getFilterName)
        .map(name -> name.endsWith("WebSocketUpgradeFilter") ? "ws" : name)
        .map(name -> name.equals("h") || name.equals("ws") ? name : "other")
        .toList();
  }

  @Test
  void allOthersKeepTheirPlaces_C04() throws Exception {
    WebSocketUpgradeFilter.ensureFilter(started());
    assertThat(order()).containsExactly("other", "h", "h", "ws");
  }

  @Test
  void aContextThatStartsAgainIsWatchedOnceMore_C04() throws Exception {
    started();
    int listeners = context.getServletHandler().getEventListeners().size();
    context.stop();
    WebSocketServerComponents.ensureWebSocketComponents(server, context);
    context.start();
    assertThat(context.getServletHandler().getEventListeners()).hasSize(listeners);
    WebSocketUpgradeFilter.ensureFilter(context.getServletContext());
    assertThat(order()).endsWith("h", "ws");
    context.stop();
    assertThat(context.getServletHandler().getEventListeners()).hasSize(listeners - 1);
  }

  @Test
  void whoSetsAllMappingsAtOnceIsRefused_C04() throws Exception {
    started();
    ServletHandler handler = context.getServletHandler();
    FilterHolder upgrade = new FilterHolder(new WebSocketUpgradeFilter());
    upgrade.setName("u");
    handler.addFilter(upgrade);
    FilterMapping first = new FilterMapping();
    first.setFilterName("u");
    first.setPathSpec("/*");
    FilterMapping[] mappings = handler.getFilterMappings();
    FilterMapping[] all = Arrays.copyOf(mappings, mappings.length + 1);
    System.arraycopy(mappings, 0, all, 1, mappings.length);
    all[0] = first;
    assertThatIllegalStateException()
        .isThrownBy(() -> handler.setFilterMappings(all))
        .withMessageContaining("would not pass the filter h");
    assertThat(order()).containsExactly("other", "h", "h");
  }

  @Test
  void aHandlerThatAnswersHandshakesStopsTheStart_C04() {
    context.insertHandler(WebSocketUpgradeHandler.from(server, context));
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(server::start)
        .withStackTraceContaining("a WebSocketUpgradeHandler is in its context");
  }

  static Stream<Handler.Singleton> answering() {
    return Stream.of(
        new ResourceHandler(),
        new ResourceHandler() {},
        new ConnectHandler(),
        new ShutdownHandler("token"));
  }

  @ParameterizedTest
  @MethodSource("answering")
  void aHandlerOfJettysThatAnswersStopsTheStart(Handler.Singleton handler) {
    context.insertHandler(handler);
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(server::start)
        .withStackTraceContaining("requests would not pass the filter h: a ")
        .withStackTraceContaining("Handler is in its context");
  }

  @Test
  void soDoesOneThatIsBehindAnotherHandler() {
    PathMappingsHandler files = new PathMappingsHandler();
    files.addMapping(PathSpec.from("/files/*"), new DefaultHandler());
    StatisticsHandler outer = new StatisticsHandler();
    context.insertHandler(outer);
    outer.setHandler(new Handler.Sequence(files, outer.getHandler()));
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(server::start)
        .withStackTraceContaining("a DefaultHandler is in its context");
  }

  @Test
  void handlersThatHandOnAreLawful() throws Exception {
    context.setSessionHandler(new SessionHandler());
    context.setSecurityHandler(new ConstraintSecurityHandler());
    context.insertHandler(new StatisticsHandler());
    context.insertHandler(new InetAccessHandler());
    context.insertHandler(new SecuredRedirectHandler());
    started();
    assertThat(context.isAvailable()).isTrue();
  }

  private jakarta.servlet.ServletContext started() throws Exception {
    server.start();
    return context.getServletContext();
  }
}
