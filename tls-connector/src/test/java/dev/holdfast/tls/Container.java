package dev.holdfast.tls;

import dev.holdfast.testing.ThrowAwayPki;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** Each container with its hook, on TLS that asks for a certificate, HTTP/1.1 and HTTP/2. */
enum Container {
  TOMCAT {
    @Override
    Served start(
        ThrowAwayPki pki,
        ServletContainerInitializer application,
        TlsLayer layer,
        ClientCertificates wanted)
        throws Exception {
      Tomcat tomcat = new Tomcat();
      Path directory = Files.createTempDirectory("holdfast-tls");
      tomcat.setBaseDir(directory.toString());
      Connector connector = new Connector();
      connector.setPort(0);
      connector.setScheme("https");
      connector.setSecure(true);
      connector.setProperty("address", "localhost");
      connector.setProperty("SSLEnabled", "true");
      connector.addUpgradeProtocol(new Http2Protocol());
      SSLHostConfig host = new SSLHostConfig();
      host.setCertificateVerification(
          wanted == ClientCertificates.NEEDED ? "required" : "optional");
      host.setTrustStore(authorities(pki));
      SSLHostConfigCertificate certificate =
          new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
      certificate.setCertificateKeystore(identity(pki));
      certificate.setCertificateKeystorePassword(PASSWORD);
      host.addCertificate(certificate);
      connector.addSslHostConfig(host);
      layer.install(connector);
      tomcat.setConnector(connector);
      tomcat
          .addContext("", directory.toString())
          .addServletContainerInitializer(application, Set.of());
      tomcat.start();
      return new Served(
          connector.getLocalPort(),
          () -> {
            tomcat.stop();
            tomcat.destroy();
          });
    }
  },

  JETTY {
    @Override
    Served start(
        ThrowAwayPki pki,
        ServletContainerInitializer application,
        TlsLayer layer,
        ClientCertificates wanted)
        throws Exception {
      Server server = new Server();
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(identity(pki));
      tls.setKeyStorePassword(PASSWORD);
      tls.setTrustStore(authorities(pki));
      tls.setWantClientAuth(wanted == ClientCertificates.WANTED);
      tls.setNeedClientAuth(wanted == ClientCertificates.NEEDED);
      HttpConfiguration configuration = new HttpConfiguration();
      configuration.addCustomizer(new SecureRequestCustomizer(false));
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
      server.addConnector(connector);
      layer.install(server);
      ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
      context.addServletContainerInitializer(application);
      server.setHandler(context);
      server.start();
      return new Served(connector.getLocalPort(), server::stop);
    }
  },

  UNDERTOW {
    @Override
    Served start(
        ThrowAwayPki pki,
        ServletContainerInitializer application,
        TlsLayer layer,
        ClientCertificates wanted)
        throws Exception {
      DeploymentInfo deployment =
          Servlets.deployment()
              .setClassLoader(Container.class.getClassLoader())
              .setContextPath("/")
              .setDeploymentName("tls")
              .addServletContainerInitializer(
                  new ServletContainerInitializerInfo(
                      application.getClass(),
                      new ImmediateInstanceFactory<>(application),
                      Set.of()));
      DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
      manager.deploy();
      SSLContext context = layer.context(pki);
      Undertow undertow =
          Undertow.builder()
              .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
              .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
              .setSocketOption(
                  Options.SSL_CLIENT_AUTH_MODE,
                  wanted == ClientCertificates.NEEDED
                      ? SslClientAuthMode.REQUIRED
                      : SslClientAuthMode.REQUESTED)
              .addHttpsListener(0, "localhost", context)
              .setHandler(manager.start())
              .build();
      undertow.start();
      return new Served(
          ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort(),
          () -> {
            undertow.stop();
            manager.stop();
            manager.undeploy();
          });
    }
  };

  private static final String PASSWORD = "in memory only";

  /** Whether a client may do without a certificate. */
  enum ClientCertificates {
    WANTED,
    NEEDED
  }

  /** Starts it; session tickets are as the JDK's properties say at this moment. */
  abstract Served start(
      ThrowAwayPki pki,
      ServletContainerInitializer application,
      TlsLayer layer,
      ClientCertificates wanted)
      throws Exception;

  Served start(ThrowAwayPki pki, ServletContainerInitializer application, TlsLayer layer)
      throws Exception {
    return start(pki, application, layer, ClientCertificates.WANTED);
  }

  /** With the JDK's TLS. */
  Served start(ThrowAwayPki pki, ServletContainerInitializer application) throws Exception {
    return start(pki, application, TlsLayer.CAPTURING);
  }

  private static KeyStore identity(ThrowAwayPki pki) {
    return pki.serverCertificate().keyStore(PASSWORD.toCharArray());
  }

  private static KeyStore authorities(ThrowAwayPki pki) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", pki.certificate());
    return trusted;
  }
}
