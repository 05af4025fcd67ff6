package dev.holdfast.tls.jetty;

import dev.holdfast.tls.ConnectionKeyingMaterial;
import dev.holdfast.tls.engine.NegotiatingTls;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the protocol on a connection whose engine keeps keying material: Jetty's own processor
 * takes engines of the JDK alone. Found by {@link java.util.ServiceLoader}.
 */
public final class CapturedAlpn implements ALPNProcessor.Server {

  /** For Jetty. */
  public CapturedAlpn() {}

  @Override
  public boolean appliesTo(SSLEngine engine) {
    return ConnectionKeyingMaterial.isCapturing(engine) || NegotiatingTls.isNegotiating(engine);
  }

  @Override
  public void configure(SSLEngine engine, Connection connection) {
    if (connection instanceof ALPNServerConnection negotiating
        && negotiating.getEndPoint() instanceof SslConnection.SslEndPoint endPoint) {
      engine.setHandshakeApplicationProtocolSelector(
          (asking, offered) -> select(negotiating, offered));
      endPoint.getSslConnection().addHandshakeListener(new WithoutAlpn(negotiating));
    } else {
      throw new IllegalStateException("no connection that negotiates a protocol over TLS");
    }
  }

  /** Null: none in common, which ends the handshake with the alert that says so. */
  private static @Nullable String select(ALPNServerConnection connection, List<String> offered) {
    try {
      connection.select(offered);
      return connection.getProtocol();
    } catch (RuntimeException nothingInCommon) {
      return null;
    }
  }

  /** A client that does not offer any protocol gets the default one. */
  private record WithoutAlpn(ALPNServerConnection connection) implements SslHandshakeListener {
    @Override
    public void handshakeSucceeded(Event event) {
      if (connection.getProtocol() == null) {
        connection.unsupported();
      }
    }
  }
}
