package dev.holdfast.tls.jetty;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's own TLS over the JDK's, with engines that keep the keying material of their connection.
 */
public final class TokenBindingConnectionFactory extends SslConnectionFactory {

  /**
   * The same as Jetty's.
   *
   * @param tls keys, trust and protocols
   * @param next the protocol inside, such as {@code alpn} or {@code http/1.1}
   * @throws InvalidSettingException before JDK 25
   */
  public TokenBindingConnectionFactory(SslContextFactory.Server tls, String next) {
    super(tls, next);
    ConnectionKeyingMaterial.requireExporter();
  }

  /**
   * Puts one in the place of each TLS connection factory of a server.
   *
   * @param server one that has not started
   * @throws InvalidSettingException before JDK 25
   */
  public static void install(Server server) {
    ConnectionKeyingMaterial.requireExporter();
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof AbstractConnector settable) {
        List<ConnectionFactory> factories = new ArrayList<>(settable.getConnectionFactories());
        factories.replaceAll(TokenBindingConnectionFactory::capturing);
        settable.setConnectionFactories(factories);
      }
    }
  }

  private static ConnectionFactory capturing(ConnectionFactory factory) {
    if (!(factory instanceof SslConnectionFactory tls)
        || factory instanceof TokenBindingConnectionFactory) {
      return factory;
    }
    TokenBindingConnectionFactory capturing =
        new TokenBindingConnectionFactory(tls.getSslContextFactory(), tls.getNextProtocol());
    capturing.setDirectBuffersForDecryption(tls.isDirectBuffersForDecryption());
    capturing.setDirectBuffersForEncryption(tls.isDirectBuffersForEncryption());
    capturing.setEnsureSecureRequestCustomizer(tls.isEnsureSecureRequestCustomizer());
    capturing.setInputBufferSize(tls.getInputBufferSize());
    return capturing;
  }

  @Override
  protected SslConnection newSslConnection(
      Connector connector, EndPoint endPoint, SSLEngine engine) {
    return super.newSslConnection(connector, endPoint, ConnectionKeyingMaterial.capturing(engine));
  }
}
