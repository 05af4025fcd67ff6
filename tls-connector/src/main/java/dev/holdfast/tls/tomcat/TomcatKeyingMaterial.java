package dev.holdfast.tls.tomcat;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.servlet.KeyingMaterialExporter;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * From a request in Tomcat to its connection. Found by {@link java.util.ServiceLoader}; it links
 * Tomcat's classes when a request has an object of one.
 */
public final class TomcatKeyingMaterial implements KeyingMaterialExporter {
  private static final String SUPPORT = "jakarta.servlet.request.ssl_session_mgr";

  /** For the service loader. */
  public TomcatKeyingMaterial() {}

  /** Always null: the JDK's TLS does not negotiate Token Binding. */
  @Override
  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    return null;
  }

  @Override
  public byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    Object support = request.getAttribute(SUPPORT);
    return support == null ? null : Tomcat.keyingMaterial(support);
  }

  private static final class Tomcat {
    static byte @Nullable [] keyingMaterial(Object support) {
      return support instanceof SessionSupport known
          ? ConnectionKeyingMaterial.of(known.connection())
          : null;
    }
  }
}
