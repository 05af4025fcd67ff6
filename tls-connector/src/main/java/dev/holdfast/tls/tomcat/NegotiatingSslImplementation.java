package dev.holdfast.tls.tomcat;

import dev.holdfast.tls.engine.NegotiatingTls;
import dev.holdfast.tokenbinding.message.KeyParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSession;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;
import org.apache.tomcat.util.net.jsse.JSSEUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's TLS, which negotiates Token Binding in the handshake. Keys, trust, protocols, cipher
 * suites, client certificates and ALPN are as the connector's settings say.
 *
 * <p>Tomcat makes an instance by the class's name, the connector's {@code sslImplementationName},
 * when the connector starts. The instance takes the key parameters that {@link #install} was called
 * with last, or all where it never was, and keeps them when certificates are reloaded: connectors
 * with different ones start one after the other.
 */
public final class NegotiatingSslImplementation extends JSSEImplementation {
  private static volatile List<KeyParameters> latest = List.of();

  private final List<KeyParameters> preference = latest;

  /**
   * For Tomcat.
   *
   * @throws IllegalStateException when a jar that it needs is missing
   */
  public NegotiatingSslImplementation() {
    ConnectorJars.require(NegotiatingSslImplementation.class.getClassLoader());
  }

  /**
   * Makes a connector use it. Nothing changes for one without TLS.
   *
   * @param connector one that has not started
   * @param preference the key parameters that are taken, the preferred first; empty: all
   */
  public static void install(Connector connector, List<KeyParameters> preference) {
    latest = List.copyOf(preference);
    connector.setProperty("sslImplementationName", NegotiatingSslImplementation.class.getName());
  }

  @Override
  public SSLSupport getSSLSupport(
      SSLSession session, @Nullable Map<String, List<String>> additionalAttributes) {
    return new SessionSupport(session, additionalAttributes);
  }

  @Override
  public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
    return new NegotiatingSetup(certificate, preference);
  }

  /** What is implemented is asked for by the constructor above, before any field is set. */
  private static final class NegotiatingSetup extends JSSEUtil {
    private final List<KeyParameters> preference;

    NegotiatingSetup(SSLHostConfigCertificate certificate, List<KeyParameters> preference) {
      super(certificate, false);
      this.preference = preference;
    }

    @Override
    protected Set<String> getImplementedProtocols() {
      return NegotiatingTls.supportedProtocols();
    }

    @Override
    protected Set<String> getImplementedCiphers() {
      return NegotiatingTls.supportedCipherSuites();
    }

    /** Certificates are asked for in the handshake or not at all. */
    @Override
    protected boolean isTls13RenegAuthAvailable() {
      return false;
    }

    @Override
    public SSLContext createSSLContextInternal(List<String> negotiableProtocols) {
      return new NegotiatingTomcatContext(NegotiatingTls.context(preference));
    }
  }
}
