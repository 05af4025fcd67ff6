package dev.holdfast.tls.undertow;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.servlet.KeyingMaterialExporter;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import io.undertow.server.SSLSessionInfo;
import io.undertow.servlet.spec.HttpServletRequestImpl;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * From a request in Undertow to its connection, by the container's own request inside any wrappers.
 * Found by {@link java.util.ServiceLoader}; it links Undertow's classes for a request of Undertow.
 */
public final class UndertowKeyingMaterial implements KeyingMaterialExporter {
  private static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

  /** For the service loader. */
  public UndertowKeyingMaterial() {}

  /** Always null: the JDK's TLS does not negotiate Token Binding. */
  @Override
  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    return null;
  }

  @Override
  public byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner.getClass().getName().equals(REQUEST) ? Undertow.keyingMaterial(inner) : null;
  }

  private static final class Undertow {
    static byte @Nullable [] keyingMaterial(ServletRequest request) {
      if (!(request instanceof HttpServletRequestImpl known)) {
        return null;
      }
      SSLSessionInfo tls = known.getExchange().getConnection().getSslSessionInfo();
      return tls == null ? null : ConnectionKeyingMaterial.of(tls.getSSLSession());
    }
  }
}
