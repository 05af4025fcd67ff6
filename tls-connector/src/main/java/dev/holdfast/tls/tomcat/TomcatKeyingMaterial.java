package dev.holdfast.tls.tomcat;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.servlet.exporter.KeyingMaterialExporter;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import dev.holdfast.tls.engine.NegotiatingTls;
import jakarta.servlet.http.HttpServletRequest;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * From a request in Tomcat to its connection. Found by {@link java.util.ServiceLoader}; it links
 * Tomcat's classes when a request has an object of one.
 */
public final class TomcatKeyingMaterial implements KeyingMaterialExporter {
  private static final String SUPPORT = "jakarta.servlet.request.ssl_session_mgr";

  /** For the service loader. */
  public TomcatKeyingMaterial() {}

  /** What the handshake agreed on; null with the JDK's TLS, which negotiates nothing. */
  @Override
  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    return NegotiatingTls.negotiated(session(request));
  }

  @Override
  public byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    return ConnectionKeyingMaterial.of(session(request));
  }

  private static @Nullable SSLSession session(HttpServletRequest request) {
    Object support = request.getAttribute(SUPPORT);
    return support == null ? null : Tomcat.session(support);
  }

  private static final class Tomcat {
    static @Nullable SSLSession session(Object support) {
      return support instanceof SessionSupport known ? known.connection() : null;
    }
  }
}
