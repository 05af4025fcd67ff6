package dev.holdfast.tls;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.tls.engine.NegotiatingTls;
import dev.holdfast.tls.jetty.NegotiatingConnectionFactory;
import dev.holdfast.tls.jetty.TokenBindingConnectionFactory;
import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import dev.holdfast.tls.tomcat.TokenBindingSslImplementation;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
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
    SSLContext context(Identity identity) {
      return ConnectionKeyingMaterial.capturing(ThrowAwayPki.create().sslContext(identity));
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
    SSLContext context(Identity identity) throws Exception {
      char[] password = "in memory only".toCharArray();
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity.keyStore(password), password);
      SSLContext context = NegotiatingTls.context(List.of());
      context.init(keys.getKeyManagers(), null, null);
      return context;
    }
  };

  abstract void install(Connector connector);

  abstract void install(Server server);

  abstract SSLContext context(Identity identity) throws Exception;
}
