package dev.holdfast.servlet.wire;

import dev.holdfast.http.ReceivedRequest;
import dev.holdfast.internal.net.IpAddress;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A servlet request as the container received it, below everything that filters wrapped around it.
 */
public final class WireRequest implements ReceivedRequest {
  private final HttpServletRequest request;
  private final HttpServletRequest wire;

  private WireRequest(HttpServletRequest request, HttpServletRequest wire) {
    this.request = request;
    this.wire = wire;
  }

  /** What is below this request. */
  public static WireRequest of(HttpServletRequest request) {
    return new WireRequest(request, httpBelow(request));
  }

  /** The container's own request, below everything that a filter wrapped around it. */
  public static ServletRequest below(ServletRequest request) {
    ServletRequest layer = request;
    while (layer instanceof ServletRequestWrapper wrapper) {
      layer = wrapper.getRequest();
    }
    return layer;
  }

  /** The same as HTTP; the request itself where what is below it is none. */
  public static HttpServletRequest httpBelow(HttpServletRequest request) {
    return below(request) instanceof HttpServletRequest own ? own : request;
  }

  public static List<String> values(@Nullable Enumeration<String> values) {
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = new ArrayList<>(List.of(first));
    values.asIterator().forEachRemaining(all::add);
    return all;
  }

  @Override
  public List<String> headers(String name) {
    return values(wire.getHeaders(name));
  }

  @Override
  public Iterator<String> headerNames() {
    Enumeration<String> names = wire.getHeaderNames();
    return names == null ? Collections.emptyIterator() : names.asIterator();
  }

  /** What was asked for first: after a dispatch, the request's own path may be another one. */
  @Override
  public @Nullable String path() {
    return RoutedPath.hasDotSegment(request, wire) ? null : AskedFirst.uri(request, wire);
  }

  @Override
  public @Nullable String scheme() {
    return SchemeOrigin.isClientAlone(wire) ? null : wire.getScheme();
  }

  @Override
  public String authority() {
    String name = wire.getServerName();
    String bracketed = name.indexOf(':') >= 0 && !name.startsWith("[") ? '[' + name + ']' : name;
    int port = wire.getServerPort();
    return port == (SchemeReader.isHttps(wire.getScheme()) ? 443 : 80)
        ? bracketed // a proxy may forward another scheme, and that one's own port then
        : bracketed + ':' + port;
  }

  @Override
  public @Nullable IpAddress peer() {
    return ConnectionPeer.of(wire);
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    return ConnectionCertificate.of(wire);
  }
}
