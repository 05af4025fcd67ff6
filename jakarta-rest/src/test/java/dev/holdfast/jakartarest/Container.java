package dev.holdfast.jakartarest;

import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Embedded containers with TLS that wants a client certificate. */
enum Container {
  TOMCAT {
    @Override
    Server launch(Engine engine, ServerSpec spec) throws Exception {
      Tomcat tomcat = new Tomcat();
      Path directory = Files.createTempDirectory("holdfast-rest");
      tomcat.setBaseDir(directory.toString());
      tomcat.setConnector(connector(spec));
      Context context = tomcat.addContext("", directory.toString());
      context.addServletContainerInitializer(RestServer.application(engine, spec), Set.of());
      ErrorPage page = new ErrorPage();
      page.setErrorCode(500);
      page.setLocation(RestServer.ERROR_PAGE);
      context.addErrorPage(page);
      tomcat.start();
      return new RestServer(
          tomcat.getConnector().getLocalPort(),
          () -> {
            tomcat.stop();
            tomcat.destroy();
          });
    }

    private Connector connector(ServerSpec spec) throws Exception {
      String password = "in memory only";
      Connector connector = new Connector();
      connector.setPort(0);
      connector.setScheme("https");
      connector.setSecure(true);
      connector.setProperty("address", "localhost");
      connector.setProperty("SSLEnabled", "true");
      SSLHostConfig host = new SSLHostConfig();
      host.setCertificateVerification("optional");
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", spec.pki().certificate());
      host.setTrustStore(trusted);
      SSLHostConfigCertificate certificate =
          new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
      certificate.setCertificateKeystore(spec.identity().keyStore(password.toCharArray()));
      certificate.setCertificateKeystorePassword(password);
      host.addCertificate(certificate);
      connector.addSslHostConfig(host);
      return connector;
    }
  },

  JETTY {
    @Override
    Server launch(Engine engine, ServerSpec spec) throws Exception {
      org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setSslContext(spec.sslContext());
      tls.setWantClientAuth(true);
      HttpConfiguration http = new HttpConfiguration();
      http.addCustomizer(new SecureRequestCustomizer(false));
      ServerConnector connector =
          new ServerConnector(
              server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
      connector.setHost("localhost");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler();
      context.addServletContainerInitializer(RestServer.application(engine, spec));
      ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
      pages.addErrorPage(500, RestServer.ERROR_PAGE);
      context.setErrorHandler(pages);
      server.setHandler(context);
      server.start();
      return new RestServer(connector.getLocalPort(), server::stop);
    }
  };

  abstract Server launch(Engine engine, ServerSpec spec) throws Exception;

  final Server start(Engine engine, ServerSpec spec) {
    try {
      return launch(engine, spec);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
