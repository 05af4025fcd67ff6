package dev.holdfast.servlet.wire;

import dev.holdfast.internal.ApplicationLog;
import jakarta.servlet.ServletRequest;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * How Tomcat, Jetty and Undertow show who said the scheme of a request. It is looked up once for
 * each class of requests, in the container's own class loader. Where a step is missing, in another
 * version perhaps, a scheme that does not fit the TLS attributes of the request counts as the
 * client's word.
 */
final class SchemeReaders {
  private SchemeReaders() {}

  static SchemeReader of(Class<?> request) {
    try {
      for (Class<?> type = request; type != null; type = type.getSuperclass()) {
        if (type.getName().matches(KnownContainers.JETTY)) {
          return new Jetty(type);
        }
        if (type.getName().equals(KnownContainers.UNDERTOW)) {
          return new Undertow(type);
        }
        if (type.getName().equals(KnownContainers.TOMCAT)) {
          return new Tomcat(type);
        }
      }
      return SchemeReader.CONTAINER;
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "the connection behind a "
                  + request.getName()
                  + " cannot be seen, so that https counts only with the TLS attributes of the"
                  + " servlet API: set holdfast.proxies.external-uri if a proxy ends TLS");
      return wire -> !SchemeReader.fitsTls(wire);
    }
  }

  /**
   * The innermost request has the client's URI. What ForwardedRequestCustomizer makes of it is the
   * word of a proxy, as is the TLS that the PROXY protocol tells about.
   */
  private static final class Jetty implements SchemeReader {
    private static final String FORWARDED = "org.eclipse.jetty.server.ForwardedRequestCustomizer$";

    private final Method request;
    private final Method innermost;
    private final Method uri;
    private final Method scheme;
    private final Method metaData;
    private final Method connection;
    private final Method endPoint;
    private final Method tls;
    private final Class<?> wrapper;
    private final Method wrapped;

    Jetty(Class<?> apiRequest) throws ReflectiveOperationException {
      ClassLoader container = apiRequest.getClassLoader();
      Class<?> type = Class.forName(KnownContainers.JETTY_REQUEST, false, container);
      request = apiRequest.getMethod("getRequest");
      innermost = type.getMethod("unWrap", type);
      uri = type.getMethod("getHttpURI");
      scheme = uri.getReturnType().getMethod("getScheme");
      metaData = type.getMethod("getConnectionMetaData");
      connection = metaData.getReturnType().getMethod("getConnection");
      endPoint = connection.getReturnType().getMethod("getEndPoint");
      tls = endPoint.getReturnType().getMethod("getSslSessionData");
      wrapper = Class.forName(KnownContainers.JETTY_REQUEST + "$Wrapper", false, container);
      wrapped = wrapper.getMethod("getWrapped");
    }

    @Override
    public boolean isClientAlone(ServletRequest wire) {
      if (SchemeReader.fitsTls(wire) || wire.getProtocol().startsWith("HTTP/3")) {
        return false; // HTTP/3 has TLS always
      }
      try {
        Object outer = request.invoke(wire);
        Object said = scheme.invoke(uri.invoke(innermost.invoke(null, outer)));
        Object end = endPoint.invoke(connection.invoke(metaData.invoke(outer)));
        boolean contradicts = SchemeReader.isHttps(said) != (tls.invoke(end) != null);
        boolean counts = SchemeReader.isHttps(said) == SchemeReader.isHttps(wire.getScheme());
        return contradicts && counts && !isForwarded(outer);
      } catch (ReflectiveOperationException | RuntimeException unknown) {
        return true; // a request that is over, for example
      }
    }

    private boolean isForwarded(@Nullable Object outer) throws ReflectiveOperationException {
      Object layer = outer;
      while (wrapper.isInstance(layer)) {
        if (layer.getClass().getName().startsWith(FORWARDED)) {
          return true;
        }
        layer = wrapped.invoke(layer);
      }
      return false;
    }
  }

  /**
   * With HTTP/1.1 the scheme is the connection's. The handlers that read a proxy's headers leave
   * the client's address with the exchange, or TLS with the connection.
   */
  private static final class Undertow implements SchemeReader {
    private final Method exchange;
    private final Method connection;
    private final Method tls;
    private final Method source;
    private final Method peer;

    Undertow(Class<?> request) throws ReflectiveOperationException {
      exchange = request.getMethod("getExchange");
      connection = exchange.getReturnType().getMethod("getConnection");
      tls = connection.getReturnType().getMethod("getSslSessionInfo");
      source = exchange.getReturnType().getMethod("getSourceAddress");
      peer = connection.getReturnType().getMethod("getPeerAddress");
    }

    @Override
    public boolean isClientAlone(ServletRequest wire) {
      if (!wire.getProtocol().startsWith("HTTP/2") || SchemeReader.fitsTls(wire)) {
        return false;
      }
      try {
        Object of = exchange.invoke(wire);
        Object over = connection.invoke(of);
        boolean contradicts = SchemeReader.isHttps(wire.getScheme()) != (tls.invoke(over) != null);
        Object address = peer.invoke(over);
        return contradicts && (address == null || address.equals(source.invoke(of)));
      } catch (ReflectiveOperationException | RuntimeException unknown) {
        return true; // a request that is over, for example
      }
    }
  }

  /**
   * With HTTP/1.1 the scheme is the connector's. With HTTP/2 Tomcat takes the client's; newer ones
   * only where {@code allowSchemeMismatch} says so. RemoteIpValve leaves the client's address with
   * the request.
   */
  private static final class Tomcat implements SchemeReader {
    private final Field request;
    private final Method connector;
    private final Method scheme;
    private final Method source;
    private final Method peer;

    Tomcat(Class<?> facade) throws ReflectiveOperationException {
      request = facade.getDeclaredField("request");
      request.setAccessible(true);
      connector = request.getType().getMethod("getConnector");
      scheme = connector.getReturnType().getMethod("getScheme");
      source = request.getType().getMethod("getRemoteAddr");
      peer = request.getType().getMethod("getPeerAddr");
    }

    @Override
    public boolean isClientAlone(ServletRequest wire) {
      if (!wire.getProtocol().startsWith("HTTP/2")) {
        return false;
      }
      try {
        Object own = request.get(wire);
        Object configured = scheme.invoke(connector.invoke(own));
        if (SchemeReader.isHttps(configured) == SchemeReader.isHttps(wire.getScheme())
            || SchemeReader.fitsTls(wire)) {
          return false;
        }
        Object address = peer.invoke(own);
        return address == null || address.equals(source.invoke(own));
      } catch (ReflectiveOperationException | RuntimeException unknown) {
        return true; // a request that is over, for example
      }
    }
  }
}
