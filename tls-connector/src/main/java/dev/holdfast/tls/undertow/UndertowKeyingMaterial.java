package dev.holdfast.tls.undertow;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.servlet.exporter.KeyingMaterialExporter;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import dev.holdfast.tls.engine.NegotiatingTls;
import io.undertow.server.SSLSessionInfo;
import io.undertow.servlet.spec.HttpServletRequestImpl;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * From a request in Undertow to its connection, by the container's own request inside any wrappers.
 * Found by {@link java.util.ServiceLoader}; it links Undertow's classes for a request of Undertow.
 */
public final class UndertowKeyingMaterial implements KeyingMaterialExporter {
  private static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

  /** For the service loader. */
  public UndertowKeyingMaterial() {}

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
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner.getClass().getName().equals(REQUEST) ? Undertow.session(inner) : null;
  }

  private static final class Undertow {
    static @Nullable SSLSession session(ServletRequest request) {
      if (!(request instanceof HttpServletRequestImpl known)) {
        return null;
      }
      SSLSessionInfo tls = known.getExchange().getConnection().getSslSessionInfo();
      return tls == null ? null : tls.getSSLSession();
    }
  }
}
