package dev.holdfast.servlet;

import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.ServletContainerInitializer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** An embedded Jetty with TLS that wants a client certificate, and with plain HTTP, 1.1 and 2. */
final class JettyServer {
  private JettyServer() {}

  static StartedServer start(
      ServerSpec spec, ServletContainerInitializer application, IntSupplier reached) {
    return start(spec, application, reached, context -> {});
  }

  /** With what the test adds to the context. */
  static StartedServer start(
      ServerSpec spec,
      ServletContainerInitializer application,
      IntSupplier reached,
      Consumer<ServletContextHandler> more) {
    Server server = new Server();
    ServerConnector connector = connector(server, spec);
    server.addConnector(connector);
    HttpConfiguration configuration = configuration(spec);
    ServerConnector plain =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    plain.setHost("localhost");
    server.addConnector(plain);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.addServletContainerInitializer(application);
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(ContractServlets.ERROR, ContractServlets.ERROR_PAGE);
    context.setErrorHandler(pages);
    more.accept(context);
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new StartedServer(connector.getLocalPort(), plain.getLocalPort(), reached, server::stop);
  }

  static ServerConnector connector(Server server, ServerSpec spec) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(spec.sslContext());
    tls.setWantClientAuth(true);
    HttpConfiguration configuration = configuration(spec);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(configuration),
            new HttpConnectionFactory(configuration));
    connector.setHost("localhost");
    return connector;
  }

  private static HttpConfiguration configuration(ServerSpec spec) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
      configuration.addCustomizer(new ForwardedRequestCustomizer());
    }
    return configuration;
  }
}
