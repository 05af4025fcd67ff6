package dev.holdfast.tls;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** HTTP clients of the Java world, each with its own way of driving TLS. */
enum HttpPeer {
  JDK {
    @Override
    Client open(Terms terms) {
      return new JdkHttp(terms);
    }
  },

  JETTY {
    @Override
    Client open(Terms terms) throws Exception {
      return JettyHttp.started(terms);
    }
  },

  NETTY {
    @Override
    Client open(Terms terms) throws Exception {
      return NettyHttp.connected(terms, SslProvider.JDK);
    }
  },

  /** Which shares no TLS code with the others. */
  NETTY_BORINGSSL {
    @Override
    Client open(Terms terms) throws Exception {
      if (!OpenSsl.isAvailable()) {
        Installed.skip("netty-tcnative has no library for this system");
      }
      return NettyHttp.connected(terms, SslProvider.OPENSSL);
    }
  };

  /**
   * What is offered to a server on localhost.
   *
   * @param tls the newest version, {@code TLSv1.2} or {@code TLSv1.3}; the oldest is TLS 1.2
   * @param http2 whether HTTP/2 is offered, before HTTP/1.1
   */
  record Terms(int port, ThrowAwayPki pki, Identity identity, String tls, boolean http2) {
    String[] versions() {
      return tls.equals("TLSv1.2") ? new String[] {tls} : new String[] {"TLSv1.2", tls};
    }

    URI uri(String path) {
      return URI.create("https://localhost:" + port + path);
    }
  }

  /**
   * An answer.
   *
   * @param http {@code h2} or {@code http/1.1}
   * @param suite the cipher suite that the server has seen
   * @param body a character for each byte
   */
  record Reply(int status, String http, String suite, String body) {}

  /** One request at a time, over one connection. */
  interface Client extends AutoCloseable {
    /** A {@code POST} of this body; without one a {@code GET}. */
    Reply send(String path, byte @Nullable [] body) throws Exception;

    @Override
    void close();
  }

  abstract Client open(Terms terms) throws Exception;
}
