package dev.holdfast.http;

import dev.holdfast.internal.net.IpAddress;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The few facts of a request that every edge knows: as they came over the wire, whatever stands
 * between the wire and the application makes of them, and before anybody is believed. An edge
 * implements it. Reading a fact has no side effect.
 */
public interface ReceivedRequest {

  /** Every field value of that name, in order of arrival; the name's case does not matter. */
  List<String> headers(String name);

  /** The names of all header fields. */
  Iterator<String> headerNames();

  /**
   * The request target's path, undecoded and without a query; null when the server chose what
   * answers by another path than this one leads to (RFC 3986 section 5.2.4).
   */
  @Nullable String path();

  /**
   * {@code http} or {@code https}, as the connection says or something that the operator has set up
   * to read a proxy's headers; null when nobody says so but the client (RFC 9110 section 7.4).
   */
  @Nullable String scheme();

  /**
   * Host and, if need be, port of a request that has no {@code Host} field: what HTTP/2 has in its
   * place (RFC 9113 section 8.3.1), or the server's own.
   */
  String authority();

  /** The other end of the connection; null when it has no address, or cannot be known. */
  @Nullable IpAddress peer();

  /** The certificate that the connection's other end proved, or null when it proved none. */
  @Nullable X509Certificate peerCertificate();
}
