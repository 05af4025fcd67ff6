package dev.holdfast.tls.tomcat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
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
 * Tomcat's own TLS over the JDK's, with engines that keep the keying material of their connection.
 *
 * <p>Tomcat makes an instance by the class's name, the connector's {@code sslImplementationName}.
 */
public final class TokenBindingSslImplementation extends JSSEImplementation {

  /** For Tomcat. */
  public TokenBindingSslImplementation() {}

  /**
   * Makes a connector use it. Nothing changes for one without TLS.
   *
   * @param connector one that has not started
   * @throws InvalidSettingException before JDK 25
   */
  public static void install(Connector connector) {
    ConnectionKeyingMaterial.requireExporter();
    connector.setProperty("sslImplementationName", TokenBindingSslImplementation.class.getName());
  }

  @Override
  public SSLSupport getSSLSupport(
      SSLSession session, @Nullable Map<String, List<String>> additionalAttributes) {
    return new SessionSupport(session, additionalAttributes);
  }

  @Override
  public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
    ConnectionKeyingMaterial.requireExporter();
    return new CapturingTls(certificate);
  }

  private static final class CapturingTls extends JSSEUtil {
    CapturingTls(SSLHostConfigCertificate certificate) {
      super(certificate);
    }

    @Override
    public SSLContext createSSLContextInternal(List<String> negotiableProtocols)
        throws NoSuchAlgorithmException {
      return new CapturingTomcatContext(super.createSSLContextInternal(negotiableProtocols));
    }
  }
}
