package dev.holdfast.tls;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.tls.engine.NegotiatingTls;
import dev.holdfast.tls.jetty.NegotiatingConnectionFactory;
import dev.holdfast.tls.jetty.TokenBindingConnectionFactory;
import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import dev.holdfast.tls.tomcat.TokenBindingSslImplementation;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.connector.Connector;
import org.eclipse.jetty.server.Server;

/** Which TLS a container gets. */
enum TlsLayer {
  CAPTURING {
    @Override
    void install(Connector connector) {
      TokenBindingSslImplementation.install(connector);
    }

    @Override
    void install(Server server) {
      TokenBindingConnectionFactory.install(server);
    }

    @Override
    SSLContext context(ThrowAwayPki pki, Identity identity) {
      return ConnectionKeyingMaterial.capturing(pki.sslContext(identity));
    }
  },

  NEGOTIATING {
    @Override
    void install(Connector connector) {
      NegotiatingSslImplementation.install(connector, List.of());
    }

    @Override
    void install(Server server) {
      NegotiatingConnectionFactory.install(server, List.of());
    }

    @Override
    SSLContext context(ThrowAwayPki pki, Identity identity) throws Exception {
      char[] password = "in memory only".toCharArray();
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity.keyStore(password), password);
      SSLContext context = NegotiatingTls.context(List.of());
      context.init(keys.getKeyManagers(), trustManagers(pki), null);
      return context;
    }
  },

  /** The container's own, without anything of ours. */
  OWN {
    @Override
    void install(Connector connector) {}

    @Override
    void install(Server server) {}

    @Override
    SSLContext context(ThrowAwayPki pki, Identity identity) {
      return pki.sslContext(identity);
    }
  };

  private static TrustManager[] trustManagers(ThrowAwayPki pki) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", pki.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust.getTrustManagers();
  }

  abstract void install(Connector connector);

  abstract void install(Server server);

  abstract SSLContext context(ThrowAwayPki pki, Identity identity) throws Exception;
}
