package dev.holdfast.servlet;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.contract.ServerSpec;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee11.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * A container with its own WebSocket support, one endpoint at {@code /api/ws}, one page, and a
 * filter over both.
 */
final class HandshakeServer implements AutoCloseable {
  static final ThrowAwayPki PKI = ThrowAwayPki.create();
  static final Identity SERVER = PKI.serverCertificate();
  private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

  /** Which container, and which of its WebSocket supports. */
  static final Queue<String> COOKIES_SEEN = new ConcurrentLinkedQueue<>();

  enum Kind {
    JETTY,
    JETTY_OWN_API,
    TOMCAT,
    UNDERTOW
  }

  /** When the endpoint comes, and with it perhaps the container's filter. */
  enum Arrival {
    INITIALIZER,
    LISTENER,
    AFTER_START
  }

  /** How the filter under test is installed. */
  enum Installation {
    /** As {@code web.xml} declares it. */
    DECLARED,
    /** By the filter's own {@code register}. */
    REGISTERED,
    /** In a listener, behind what {@code web.xml} declares. */
    LAST,
    /** As {@code web.xml} declares it, by the servlet's name. */
    BY_SERVLET
  }

  /** A filter, and its own way to register itself. */
  record Installed(Filter filter, Consumer<ServletContext> register) {}

  private final int port;
  private final int plainPort;
  private final ServletContext context;
  private final Kind kind;
  private final StartedServer.Stop stop;

  private HandshakeServer(
      Kind kind, int port, int plainPort, ServletContext context, StartedServer.Stop stop) {
    this.kind = kind;
    this.port = port;
    this.plainPort = plainPort;
    this.context = context;
    this.stop = stop;
  }

  int port() {
    return port;
  }

  int plainPort() {
    return plainPort;
  }

  /** {@code web.xml}'s. */
  private static boolean isDeclared(Installation installation) {
    return installation == Installation.DECLARED || installation == Installation.BY_SERVLET;
  }

  static HandshakeServer start(
      Kind kind, Arrival arrival, Installation installation, Installed installed) throws Exception {
    HandshakeServer server =
        switch (kind) {
          case JETTY, JETTY_OWN_API -> jetty(kind, arrival, installation, installed);
          case TOMCAT -> tomcat(arrival, installation, installed);
          case UNDERTOW -> undertow(arrival, installation, installed);
        };
    if (arrival == Arrival.AFTER_START) {
      server.addEndpoint();
    }
    return server;
  }

  private void addEndpoint() {
    endpoint(kind, context);
  }

  /** What an application does in code, early or late. */
  private static void application(
      Kind kind,
      Arrival arrival,
      Arrival now,
      Installation installation,
      Installed installed,
      ServletContext context) {
    if (now == arrival) {
      endpoint(kind, context);
    }
    // Tomcat lets no listener that an initializer added register a filter
    Arrival last = kind == Kind.TOMCAT ? Arrival.INITIALIZER : Arrival.LISTENER;
    if (now == Arrival.INITIALIZER) {
      context.addServlet("page", new Page()).addMapping("/*");
      if (installation == Installation.REGISTERED) {
        installed.register().accept(context);
      }
    }
    if (now == last && installation == Installation.LAST) {
      var registration = context.addFilter("last", installed.filter());
      registration.setAsyncSupported(true);
      registration.addMappingForUrlPatterns(ALL, true, "/*");
    }
  }

  private static ServletContextListener listener(
      Kind kind, Arrival arrival, Installation installation, Installed installed) {
    return new ServletContextListener() {
      @Override
      public void contextInitialized(ServletContextEvent event) {
        application(
            kind, arrival, Arrival.LISTENER, installation, installed, event.getServletContext());
      }
    };
  }

  private static void endpoint(Kind kind, ServletContext context) {
    try {
      if (kind == Kind.JETTY_OWN_API) {
        JettyWebSocketServerContainer.ensureContainer(context)
            .addMapping("/api/ws", (request, response) -> new Quiet());
      } else {
        ((ServerContainer) context.getAttribute(ServerContainer.class.getName()))
            .addEndpoint(
                ServerEndpointConfig.Builder.create(Silent.class, "/api/ws")
                    .configurator(new Noting())
                    .build());
      }
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HandshakeServer jetty(
      Kind kind, Arrival arrival, Installation installation, Installed installed) throws Exception {
    Server server = new Server();
    ServerConnector connector = JettyServer.connector(server, spec());
    server.addConnector(connector);
    ServerConnector plain = new ServerConnector(server);
    plain.setHost("localhost");
    server.addConnector(plain);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    if (kind == Kind.JETTY) {
      JakartaWebSocketServletContainerInitializer.configure(context, null);
    } else {
      JettyWebSocketServletContainerInitializer.configure(context, null);
    }
    context.addServletContainerInitializer(
        (classes, started) ->
            application(kind, arrival, Arrival.INITIALIZER, installation, installed, started));
    context.addEventListener(listener(kind, arrival, installation, installed));
    if (isDeclared(installation)) {
      context.getSessionHandler().getSessionCookieConfig().setSecure(true);
      context.getSessionHandler().getSessionCookieConfig().setHttpOnly(true);
      FilterHolder holder = new FilterHolder(installed.filter());
      holder.setAsyncSupported(true);
      if (installation == Installation.DECLARED) {
        context.addFilter(holder, "/*", ALL);
      } else {
        holder.setName("declared");
        FilterMapping mapping = new FilterMapping();
        mapping.setFilterName("declared");
        mapping.setServletName("page");
        mapping.setDispatcherTypes(ALL);
        context.getServletHandler().addFilter(holder, mapping);
      }
    }
    server.setHandler(context);
    server.start();
    return new HandshakeServer(
        kind,
        connector.getLocalPort(),
        plain.getLocalPort(),
        context.getServletContext(),
        server::stop);
  }

  private static HandshakeServer tomcat(
      Arrival arrival, Installation installation, Installed installed) throws Exception {
    Tomcat tomcat = new Tomcat();
    String directory = Files.createTempDirectory("holdfast-tomcat").toString();
    tomcat.setBaseDir(directory);
    tomcat.setConnector(TomcatServer.connector(spec()));
    var plain = new org.apache.catalina.connector.Connector();
    plain.setPort(0);
    plain.setProperty("address", "localhost");
    tomcat.getService().addConnector(plain);
    Context context = tomcat.addContext("", directory);
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(
        (classes, started) -> {
          application(Kind.TOMCAT, arrival, Arrival.INITIALIZER, installation, installed, started);
          started.addListener(listener(Kind.TOMCAT, arrival, installation, installed));
        },
        Set.of());
    if (isDeclared(installation)) {
      context.setUseHttpOnly(true);
      context.addServletContainerInitializer(
          (classes, started) -> started.getSessionCookieConfig().setSecure(true), Set.of());
      FilterDef definition = new FilterDef();
      definition.setFilterName("declared");
      definition.setFilter(installed.filter());
      definition.setAsyncSupported("true");
      context.addFilterDef(definition);
      FilterMap map = new FilterMap();
      map.setFilterName("declared");
      if (installation == Installation.DECLARED) {
        map.addURLPattern("/*");
      } else {
        map.addServletName("page");
      }
      ALL.forEach(type -> map.setDispatcher(type.name()));
      context.addFilterMap(map);
    }
    tomcat.start();
    return new HandshakeServer(
        Kind.TOMCAT,
        tomcat.getConnector().getLocalPort(),
        plain.getLocalPort(),
        context.getServletContext(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  private static HandshakeServer undertow(
      Arrival arrival, Installation installation, Installed installed) throws Exception {
    XnioWorker worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(HandshakeServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("handshakes")
            .setEagerFilterInit(true)
            .addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().setWorker(worker))
            .addServletContainerInitializer(
                new io.undertow.servlet.api.ServletContainerInitializerInfo(
                    Initializer.class,
                    new ImmediateInstanceFactory<>(
                        new Initializer(
                            started -> {
                              application(
                                  Kind.UNDERTOW,
                                  arrival,
                                  Arrival.INITIALIZER,
                                  installation,
                                  installed,
                                  started);
                            })),
                    Set.of()))
            .addListener(
                new ListenerInfo(
                    ServletContextListener.class,
                    new ImmediateInstanceFactory<>(
                        listener(Kind.UNDERTOW, arrival, installation, installed))));
    if (isDeclared(installation)) {
      deployment.addFilter(
          Servlets.filter(
                  "declared",
                  installed.filter().getClass(),
                  new ImmediateInstanceFactory<>(installed.filter()))
              .setAsyncSupported(true));
      if (installation == Installation.DECLARED) {
        ALL.forEach(type -> deployment.addFilterUrlMapping("declared", "/*", type));
      } else {
        ALL.forEach(type -> deployment.addFilterServletNameMapping("declared", "page", type));
      }
      deployment.setServletSessionConfig(
          new ServletSessionConfig().setSecure(true).setHttpOnly(true));
    }
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow undertow =
        Undertow.builder()
            .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
            .addHttpsListener(0, "localhost", spec().sslContext())
            .addHttpListener(0, "localhost")
            .setHandler(manager.start())
            .build();
    undertow.start();
    var listeners = undertow.getListenerInfo();
    return new HandshakeServer(
        Kind.UNDERTOW,
        ((InetSocketAddress) listeners.get(0).getAddress()).getPort(),
        ((InetSocketAddress) listeners.get(1).getAddress()).getPort(),
        manager.getDeployment().getServletContext(),
        () -> {
          undertow.stop();
          manager.stop();
          manager.undeploy();
          worker.shutdown();
        });
  }

  private static ServerSpec spec() {
    return new ServerSpec(Map.of(), SERVER, PKI, ServerSpec.Forwarding.IGNORED);
  }

  @Override
  public void close() {
    new StartedServer(port, plainPort, () -> 0, stop).close();
  }

  /** Hands the context on. */
  static final class Initializer implements jakarta.servlet.ServletContainerInitializer {
    private final Consumer<ServletContext> application;

    Initializer(Consumer<ServletContext> application) {
      this.application = application;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
      application.accept(context);
    }
  }

  /** Begins a session. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(request.getSession().getId());
    }
  }

  /** Says nothing. */
  public static final class Silent extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {}
  }

  /** Notes the cookies that an endpoint of the standard API sees in its handshake. */
  private static final class Noting extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      COOKIES_SEEN.add(String.valueOf(request.getHeaders().get("Cookie")));
    }
  }

  /** Says nothing in Jetty's own API. */
  @org.eclipse.jetty.websocket.api.annotations.WebSocket
  public static final class Quiet {}
}
