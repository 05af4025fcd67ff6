package dev.holdfast.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A request as a container would hand it over: the one header, its text made once, and the client's
 * certificate chain as an attribute. Both sides read the same object. Whatever else is asked of it
 * fails, so that nothing is measured by accident.
 */
final class ApiRequest extends HttpServletRequestWrapper {
  private static final HttpServletRequest NOTHING =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              ApiRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("getMethod")) { // the log of a refusal asks
                  return "GET";
                }
                throw new UnsupportedOperationException(method.getName());
              });

  private final String authorization;
  private final X509Certificate[] chain;

  private ApiRequest(String authorization, X509Certificate leaf) {
    super(NOTHING);
    this.authorization = authorization;
    this.chain = new X509Certificate[] {leaf};
  }

  /** A request that presents the token; the certificate object is the connection's, as in TLS. */
  static ApiRequest bearer(String token, X509Certificate leaf) {
    return new ApiRequest("Bearer " + token, leaf);
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getServletPath() {
    return "";
  }

  @Override
  public String getPathInfo() {
    return "/accounts/17";
  }

  @Override
  public String getRequestURI() {
    return "/accounts/17";
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return name.equalsIgnoreCase("Authorization")
        ? new OneValue(authorization)
        : Collections.emptyEnumeration();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return name.equals("jakarta.servlet.request.X509Certificate") ? chain : null;
  }

  /** What a container makes for each call, at its smallest. */
  @SuppressWarnings("JdkObsolete") // the servlet API's type
  private static final class OneValue implements Enumeration<String> {
    private @Nullable String value;

    OneValue(String value) {
      this.value = value;
    }

    @Override
    public boolean hasMoreElements() {
      return value != null;
    }

    @Override
    public String nextElement() {
      String taken = value;
      if (taken == null) {
        throw new NoSuchElementException();
      }
      value = null;
      return taken;
    }
  }
}
