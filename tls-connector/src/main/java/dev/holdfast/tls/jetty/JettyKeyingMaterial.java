package dev.holdfast.tls.jetty;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.servlet.exporter.KeyingMaterialExporter;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import dev.holdfast.tls.engine.NegotiatingTls;
import jakarta.servlet.http.HttpServletRequest;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * From a request in Jetty to its connection. Found by {@link java.util.ServiceLoader}; it links
 * Jetty's classes when a request has an object of one.
 */
public final class JettyKeyingMaterial implements KeyingMaterialExporter {
  /** A constant, written into this class when it is compiled. */
  private static final String SESSION_DATA = EndPoint.SslSessionData.ATTRIBUTE;

  /** For the service loader. */
  public JettyKeyingMaterial() {}

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
    Object data = request.getAttribute(SESSION_DATA);
    return data == null ? null : Jetty.session(data);
  }

  private static final class Jetty {
    static @Nullable SSLSession session(Object data) {
      return data instanceof EndPoint.SslSessionData known ? known.sslSession() : null;
    }
  }
}
