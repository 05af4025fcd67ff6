package dev.holdfast.servlet;

import dev.holdfast.testing.contract.ServerSpec;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** The three containers with several applications and TLS that wants a client certificate. */
final class SharedServers {
  private SharedServers() {}

  static StartedServer tomcat(
      ServerSpec spec,
      Map<String, ServletContainerInitializer> applications,
      SharedServerFixture.Everywhere everywhere) {
    Tomcat tomcat = new Tomcat();
    try {
      Path directory = Files.createTempDirectory("holdfast-tomcat");
      tomcat.setBaseDir(directory.toString());
      tomcat.setConnector(TomcatServer.connector(spec));
      applications.forEach(
          (path, application) -> {
            Context context = tomcat.addContext(path, directory.toString());
            if (everywhere == SharedServerFixture.Everywhere.BY_CONTAINER) {
              context.setSessionCookiePath("/");
            }
            context.setCrossContext(true);
            context.addServletContainerInitializer(application, Set.of());
          });
      tomcat.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new StartedServer(
        tomcat.getConnector().getLocalPort(),
        0,
        () -> 0,
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  static StartedServer jetty(
      ServerSpec spec,
      Map<String, ServletContainerInitializer> applications,
      SharedServerFixture.Everywhere everywhere) {
    Server server = new Server();
    ServerConnector connector = JettyServer.connector(server, spec);
    server.addConnector(connector);
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    applications.forEach(
        (path, application) -> {
          ServletContextHandler context =
              new ServletContextHandler(
                  path.isEmpty() ? "/" : path, ServletContextHandler.SESSIONS);
          context.setCrossContextDispatchSupported(true);
          context.addServletContainerInitializer(application);
          if (everywhere == SharedServerFixture.Everywhere.BY_CONTAINER) {
            context.getSessionHandler().setSessionPath("/");
          }
          contexts.addHandler(context);
        });
    server.setHandler(contexts);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new StartedServer(connector.getLocalPort(), 0, () -> 0, server::stop);
  }

  static StartedServer undertow(
      ServerSpec spec,
      Map<String, ServletContainerInitializer> applications,
      SharedServerFixture.Everywhere everywhere) {
    ServletSessionConfig sessions = new ServletSessionConfig();
    if (everywhere == SharedServerFixture.Everywhere.BY_CONTAINER) {
      sessions.setPath("/");
    }
    ServletContainer container = Servlets.newContainer();
    PathHandler paths = Handlers.path();
    applications.forEach(
        (path, application) -> {
          DeploymentManager manager =
              container.addDeployment(
                  Servlets.deployment()
                      .setClassLoader(SharedServers.class.getClassLoader())
                      .setContextPath(path.isEmpty() ? "/" : path)
                      .setServletSessionConfig(sessions)
                      .setDeploymentName("application " + path)
                      .addServletContainerInitializer(
                          new ServletContainerInitializerInfo(
                              application.getClass(),
                              new ImmediateInstanceFactory<>(application),
                              Set.of())));
          manager.deploy();
          try {
            paths.addPrefixPath(path.isEmpty() ? "/" : path, manager.start());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    Undertow undertow =
        Undertow.builder()
            .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
            .addHttpsListener(0, "localhost", spec.sslContext())
            .setHandler(paths)
            .build();
    undertow.start();
    int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    return new StartedServer(port, 0, () -> 0, undertow::stop);
  }
}
