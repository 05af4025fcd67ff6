package dev.holdfast.servlet.exporter;

import dev.holdfast.ExportedKeyingMaterial;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the TLS layer exported for Token Binding on the connection of a request (RFC 8471
 * section 3.3).
 *
 * <p>Holdfast looks at the request attributes of {@link HoldfastAttributes} first, which any
 * connector can set, and then asks the implementations that {@link java.util.ServiceLoader} finds;
 * the first answer counts. They are asked only where {@code token-binding.source} is {@code tls}.
 *
 * <p>An implementation answers for the current connection alone, with what was exported when its
 * handshake ended: a session that was resumed elsewhere may by now export another connection's
 * material. It never throws for a request that it does not know, keeps no lock and is safe for use
 * by many threads. It is handed the request as the filter received it, which earlier filters may
 * have wrapped.
 */
public interface KeyingMaterialExporter {

  /**
   * What was exported, where the connection itself knows its key parameters; null when there is
   * nothing: no TLS, another container, or a handshake without Token Binding.
   */
  @Nullable ExportedKeyingMaterial of(HttpServletRequest request);

  /**
   * The 32 bytes alone, of a connection whose handshake agreed on no key parameters; null when
   * there are none. They count only where {@code token-binding.negotiation} is {@code configured},
   * together with the key parameters that are fixed there.
   */
  default byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    return null;
  }
}
