package dev.holdfast.benchmarks.tls;

import dev.holdfast.tls.engine.NegotiatingTls;
import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;

/** Whose TLS it is. */
enum Side {
  HOLDFAST {
    @Override
    void install(Connector connector) {
      NegotiatingSslImplementation.install(connector, List.of());
    }

    @Override
    SSLContext context() {
      return NegotiatingTls.context(List.of());
    }
  },

  JSSE {
    @Override
    void install(Connector connector) {
      connector.setProperty("sslImplementationName", JSSEImplementation.class.getName());
    }

    @Override
    SSLContext context() throws GeneralSecurityException {
      return SSLContext.getInstance("TLS");
    }
  };

  abstract void install(Connector connector);

  /** One that is not initialised. */
  abstract SSLContext context() throws GeneralSecurityException;
}
