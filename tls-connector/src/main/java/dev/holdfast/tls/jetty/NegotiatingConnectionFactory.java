package dev.holdfast.tls.jetty;

import dev.holdfast.tls.engine.NegotiatingTls;
import dev.holdfast.tls.engine.TokenBindingProvider;
import dev.holdfast.tokenbinding.message.KeyParameters;
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
 * Jetty's TLS, which negotiates Token Binding in the handshake. Keys, trust, protocols, cipher
 * suites, client certificates and SNI are as the {@code SslContextFactory} says, reloads too.
 *
 * <p>Jetty takes the TLS layer by the name of a provider, so that {@link TokenBindingProvider} is
 * registered with the JVM, behind all others.
 */
public final class NegotiatingConnectionFactory extends SslConnectionFactory {
  private final List<KeyParameters> preference;

  /**
   * Sets the provider of the given settings.
   *
   * @param tls keys, trust and protocols, not started, without a ready-made {@code SSLContext}
   * @param next the protocol inside, such as {@code alpn} or {@code http/1.1}
   * @param preference the key parameters that are taken, the preferred first; empty: all
   */
  public NegotiatingConnectionFactory(
      SslContextFactory.Server tls, String next, List<KeyParameters> preference) {
    super(tls, next);
    this.preference = List.copyOf(preference);
    TokenBindingProvider.register();
    tls.setProvider(TokenBindingProvider.NAME);
  }

  /**
   * Puts one in the place of each TLS connection factory of a server.
   *
   * @param server one that has not started
   * @param preference the key parameters that are taken, the preferred first; empty: all
   */
  public static void install(Server server, List<KeyParameters> preference) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof AbstractConnector settable) {
        List<ConnectionFactory> factories = new ArrayList<>(settable.getConnectionFactories());
        factories.replaceAll(factory -> negotiating(factory, preference));
        settable.setConnectionFactories(factories);
      }
    }
  }

  private static ConnectionFactory negotiating(
      ConnectionFactory factory, List<KeyParameters> preference) {
    if (!(factory instanceof SslConnectionFactory tls)
        || factory instanceof NegotiatingConnectionFactory) {
      return factory;
    }
    NegotiatingConnectionFactory negotiating =
        new NegotiatingConnectionFactory(
            tls.getSslContextFactory(), tls.getNextProtocol(), preference);
    negotiating.setDirectBuffersForDecryption(tls.isDirectBuffersForDecryption());
    negotiating.setDirectBuffersForEncryption(tls.isDirectBuffersForEncryption());
    negotiating.setEnsureSecureRequestCustomizer(tls.isEnsureSecureRequestCustomizer());
    negotiating.setInputBufferSize(tls.getInputBufferSize());
    return negotiating;
  }

  /**
   * @throws IllegalStateException when the settings bring an {@code SSLContext} of another layer
   */
  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (!NegotiatingTls.isNegotiating(getSslContextFactory().newSSLEngine())) {
      throw new IllegalStateException(
          "the SslContextFactory has an SSLContext that does not negotiate Token Binding");
    }
  }

  @Override
  protected SslConnection newSslConnection(
      Connector connector, EndPoint endPoint, SSLEngine engine) {
    NegotiatingTls.setPreference(engine, preference);
    return super.newSslConnection(connector, endPoint, engine);
  }
}
