package dev.holdfast.servlet.evidence;

import dev.holdfast.servlet.wire.ConnectionCertificate;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request without what its peer is not believed in: no such header, and no certificate of the
 * hop in the place of the client's. An asynchronous context that it starts has such a request too.
 */
final class AdmittedRequest extends HttpServletRequestWrapper {
  private final Hop hop;

  private AdmittedRequest(HttpServletRequest request, Hop hop) {
    super(request);
    this.hop = hop;
  }

  /** This request as that hop shows it; itself when a dispatch kept the wrapper. */
  static HttpServletRequest of(HttpServletRequest request, Hop hop) {
    ServletRequest layer = request;
    while (layer instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof AdmittedRequest admitted && admitted.hop == hop) {
        return request;
      }
      layer = wrapper.getRequest();
    }
    return new AdmittedRequest(request, hop);
  }

  /** The same for a request of which the container says no more than that it is one. */
  static ServletRequest of(ServletRequest request, Hop hop) {
    return request instanceof HttpServletRequest http ? of(http, hop) : request;
  }

  private boolean hides(String name) {
    return hop.lastHop().hides(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return hides(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(this::hides);
    return Collections.enumeration(names);
  }

  @Override
  public int getIntHeader(String name) {
    return hides(name) ? -1 : super.getIntHeader(name);
  }

  @Override
  public long getDateHeader(String name) {
    return hides(name) ? -1 : super.getDateHeader(name);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    if (!hop.lastHop().hidesTlsCertificate() || !name.equals(ConnectionCertificate.CERTIFICATES)) {
      return super.getAttribute(name);
    }
    X509Certificate vouchedFor = vouchedFor();
    return vouchedFor == null ? null : new X509Certificate[] {vouchedFor};
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    if (!hop.lastHop().hidesTlsCertificate()) {
      return super.getAttributeNames();
    }
    List<String> names = Collections.list(super.getAttributeNames());
    names.remove(ConnectionCertificate.CERTIFICATES);
    if (vouchedFor() != null) {
      names.add(ConnectionCertificate.CERTIFICATES);
    }
    return Collections.enumeration(names);
  }

  /** What the client wrote behind the body, where no proxy has a say and no header belongs. */
  @Override
  public Map<String, String> getTrailerFields() {
    Map<String, String> fields = new HashMap<>(super.getTrailerFields());
    fields.keySet().removeIf(name -> hop.lastHop().headers().names(name));
    return fields;
  }

  @Override
  public AsyncContext startAsync() {
    return admitted(super.startAsync());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return admitted(super.startAsync(request, response));
  }

  @Override
  public AsyncContext getAsyncContext() {
    return admitted(super.getAsyncContext());
  }

  private AsyncContext admitted(AsyncContext context) {
    return new AdmittedAsync(context, own -> of(own, hop));
  }

  private @Nullable X509Certificate vouchedFor() {
    return hop.vouchedFor((HttpServletRequest) getRequest());
  }
}
