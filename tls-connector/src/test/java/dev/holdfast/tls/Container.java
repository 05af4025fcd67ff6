package dev.holdfast.tls;

import dev.holdfast.testing.Identity;
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
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
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
        ThrowAwayPki pki, ServletContainerInitializer application, TlsLayer layer, Tuning tuning)
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
      connector.setProperty("connectionTimeout", String.valueOf(tuning.idle().toMillis()));
      connector.addUpgradeProtocol(new Http2Protocol());
      SSLHostConfig host = new SSLHostConfig();
      host.setCertificateVerification(
          tuning.wanted() == ClientCertificates.NEEDED ? "required" : "optional");
      host.setTrustStore(authorities(pki));
      host.setSessionCacheSize(tuning.sessions());
      SSLHostConfigCertificate certificate =
          new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
      certificate.setCertificateKeystore(keyStore(pki.serverCertificate()));
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
          },
          fresh -> {
            certificate.setCertificateKeystore(keyStore(fresh));
            ((AbstractHttp11Protocol<?>) connector.getProtocolHandler()).reloadSslHostConfigs();
          });
    }
  },

  JETTY {
    @Override
    Served start(
        ThrowAwayPki pki, ServletContainerInitializer application, TlsLayer layer, Tuning tuning)
        throws Exception {
      Server server = new Server();
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(keyStore(pki.serverCertificate()));
      tls.setKeyStorePassword(PASSWORD);
      tls.setTrustStore(authorities(pki));
      tls.setWantClientAuth(tuning.wanted() == ClientCertificates.WANTED);
      tls.setNeedClientAuth(tuning.wanted() == ClientCertificates.NEEDED);
      tls.setSslSessionCacheSize(tuning.sessions());
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
      connector.setIdleTimeout(tuning.idle().toMillis());
      server.addConnector(connector);
      layer.install(server);
      ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
      context.addServletContainerInitializer(application);
      server.setHandler(context);
      server.start();
      return new Served(
          connector.getLocalPort(),
          server::stop,
          fresh -> tls.reload(changed -> changed.setKeyStore(keyStore(fresh))));
    }
  },

  UNDERTOW {
    @Override
    Served start(
        ThrowAwayPki pki, ServletContainerInitializer application, TlsLayer layer, Tuning tuning)
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
      SSLContext context = layer.context(pki, pki.serverCertificate());
      context.getServerSessionContext().setSessionCacheSize(tuning.sessions());
      Undertow undertow =
          Undertow.builder()
              .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
              .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
              .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int) tuning.idle().toMillis())
              .setSocketOption(
                  Options.SSL_CLIENT_AUTH_MODE,
                  tuning.wanted() == ClientCertificates.NEEDED
                      ? SslClientAuthMode.REQUIRED
                      : SslClientAuthMode.REQUESTED)
              .addHttpsListener(0, "localhost", context)
              .setHandler(manager.start())
              .build();
      undertow.start();
      Undertow.ListenerInfo listener = undertow.getListenerInfo().get(0);
      return new Served(
          ((InetSocketAddress) listener.getAddress()).getPort(),
          () -> {
            undertow.stop();
            manager.stop();
            manager.undeploy();
          },
          fresh -> listener.setSslContext(layer.context(pki, fresh)));
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
      ThrowAwayPki pki, ServletContainerInitializer application, TlsLayer layer, Tuning tuning)
      throws Exception;

  Served start(ThrowAwayPki pki, ServletContainerInitializer application, TlsLayer layer)
      throws Exception {
    return start(pki, application, layer, Tuning.USUAL);
  }

  /**
   * What a test sets beside.
   *
   * @param idle how long a connection may say nothing, in a handshake too
   * @param sessions how many TLS sessions are kept to be resumed
   * @param wanted whether a client may do without a certificate
   */
  record Tuning(Duration idle, int sessions, ClientCertificates wanted) {
    static final Tuning USUAL =
        new Tuning(Duration.ofMinutes(1), 10_240, ClientCertificates.WANTED);

    /** The usual one, but for what clients must have. */
    static Tuning with(ClientCertificates wanted) {
      return new Tuning(USUAL.idle, USUAL.sessions, wanted);
    }
  }

  /** With the JDK's TLS. */
  Served start(ThrowAwayPki pki, ServletContainerInitializer application) throws Exception {
    return start(pki, application, TlsLayer.CAPTURING);
  }

  private static KeyStore keyStore(Identity identity) {
    return identity.keyStore(PASSWORD.toCharArray());
  }

  private static KeyStore authorities(ThrowAwayPki pki) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", pki.certificate());
    return trusted;
  }
}
