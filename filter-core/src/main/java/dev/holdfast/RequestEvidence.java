package dev.holdfast;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The raw facts of one request, already freed of what an untrusted peer could have forged.
 *
 * <p>An edge (a servlet container, a framework) implements this; it is the only place that knows
 * the edge's types and decides whom to believe about proxies. Reading a fact has no side effect:
 * above all, no request body is consumed.
 */
public interface RequestEvidence {

  /**
   * The HTTP method as received, case-sensitive (RFC 9110 section 9.1): the wire's, whatever a
   * filter in between makes of it. The target URI comes from the same place.
   */
  String httpMethod();

  /** The path inside the application, decoded and normalised as the container dispatches on it. */
  String path();

  /** The request target's path as received, undecoded, with the application's prefix if any. */
  String rawPath();

  /** The query as received, undecoded, or null when there is none. */
  @Nullable String query();

  /**
   * The same request as the application sees it, where something in between gave it another method
   * or path than it came with; itself where nothing did. A policy takes the stricter of the two.
   */
  default RequestEvidence asDispatched() {
    return this;
  }

  /** Every field value of that name, in order of arrival; the name's case does not matter. */
  List<String> headers(String name);

  /**
   * The leaf certificate whose key the client proved in the TLS handshake, or null when it proved
   * none (RFC 8705 section 3).
   */
  @Nullable X509Certificate clientCertificate();

  /**
   * What the TLS layer exported for Token Binding on this very connection, or null when it has
   * nothing: no TLS, not negotiated, or no exporter (RFC 8471 section 3.3).
   */
  default @Nullable ExportedKeyingMaterial exportedKeyingMaterial() {
    return null;
  }

  /**
   * Whether the peer of the connection is a proxy that is trusted to say who its client is. Decided
   * by the connection itself, never by a header.
   */
  default boolean fromTrustedProxy() {
    return false;
  }

  /**
   * Every field value of a header in which only a trusted proxy is believed, in order of arrival;
   * none when the peer is not trusted, whatever it sent.
   */
  default List<String> proxyHeaders(String name) {
    return fromTrustedProxy() ? headers(name) : List.of();
  }

  /**
   * The absolute URI of the request target as the client wrote it, for example {@code
   * https://api.example/payments?page=2}, not normalised; its path is the undecoded one. Behind a
   * proxy this is what a trusted proxy or the configuration says, never a header of an untrusted
   * peer. Null when it is not known (RFC 9449 section 4.3, RFC 9110 section 7.1).
   */
  default @Nullable String targetUri() {
    return null;
  }

  /**
   * Where the request came from, as the container says: the peer's address, or the client's where
   * the container itself reads a proxy's headers. For logs and events; nothing is decided by it.
   * Null when it is not known.
   */
  default @Nullable String remoteAddress() {
    return null;
  }
}
