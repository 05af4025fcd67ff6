package dev.holdfast.tls.jetty;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.servlet.KeyingMaterialExporter;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import jakarta.servlet.http.HttpServletRequest;
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

  /** Always null: the JDK's TLS does not negotiate Token Binding. */
  @Override
  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    return null;
  }

  @Override
  public byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    Object data = request.getAttribute(SESSION_DATA);
    return data == null ? null : Jetty.keyingMaterial(data);
  }

  private static final class Jetty {
    static byte @Nullable [] keyingMaterial(Object data) {
      return data instanceof EndPoint.SslSessionData known
          ? ConnectionKeyingMaterial.of(known.sslSession())
          : null;
    }
  }
}
