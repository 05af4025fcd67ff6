package dev.holdfast.servlet.wire;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way from a request to its socket in Tomcat, Jetty and Undertow. It is looked up once for each
 * class of requests, in the container's own class loader; where a step is missing, in another
 * version perhaps, the container counts as unknown.
 */
public final class KnownContainers {
  static final String TOMCAT = "org.apache.catalina.connector.RequestFacade";
  static final String UNDERTOW = "io.undertow.servlet.spec.HttpServletRequestImpl";
  static final String JETTY = "org\\.eclipse\\.jetty\\.ee\\d+\\.servlet\\.ServletApiRequest";
  static final String JETTY_REQUEST = "org.eclipse.jetty.server.Request";
  private static final String JETTY_WRAPPER = "org.eclipse.jetty.io.EndPoint$Wrapper";
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);

  private static final MethodHandle INNERMOST = innermost();

  private static final Pattern CONTEXTS =
      Pattern.compile(
          "org\\.apache\\.catalina\\.core\\.ApplicationContextFacade"
              + "|org\\.eclipse\\.jetty\\.ee\\d+\\.servlet\\.ServletContextHandler\\$.*"
              + "|io\\.undertow\\.servlet\\.spec\\.ServletContextImpl");

  private KnownContainers() {}

  /** Whether this is the context of a container whose sockets can be seen. */
  public static boolean isKnown(ServletContext context) {
    for (Class<?> type = context.getClass(); type != null; type = type.getSuperclass()) {
      if (CONTEXTS.matcher(type.getName()).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is Undertow's own request, or of a class of it. */
  static boolean isUndertow(Object request) {
    for (Class<?> type = request.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(UNDERTOW)) {
        return true;
      }
    }
    return false;
  }

  public static @Nullable SocketReader reader(Class<?> request) {
    try {
      MethodHandle way = way(request);
      return way == null ? null : new Way(way);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return null;
    }
  }

  private static @Nullable MethodHandle way(Class<?> request) throws ReflectiveOperationException {
    for (Class<?> type = request; type != null; type = type.getSuperclass()) {
      String name = type.getName();
      if (name.equals(TOMCAT)) {
        return tomcat(type);
      }
      if (name.equals(UNDERTOW)) {
        return undertow(type);
      }
      if (name.matches(JETTY)) {
        return jetty(type);
      }
    }
    return null;
  }

  /** The peer of the socket, which RemoteIpValve and RemoteIpFilter leave alone. */
  private static MethodHandle tomcat(Class<?> facade) throws ReflectiveOperationException {
    Field field = facade.getDeclaredField("request");
    field.setAccessible(true);
    return then(LOOKUP.unreflectGetter(field), field.getType().getMethod("getPeerAddr"));
  }

  /** The peer of the connection; proxy-address-forwarding rewrites that of the exchange. */
  private static MethodHandle undertow(Class<?> request) throws ReflectiveOperationException {
    Method exchange = request.getMethod("getExchange");
    Method connection = exchange.getReturnType().getMethod("getConnection");
    return then(
        then(LOOKUP.unreflect(exchange), connection),
        connection.getReturnType().getMethod("getPeerAddress"));
  }

  /**
   * The peer of the innermost end point of the innermost request: ForwardedRequestCustomizer wraps
   * the request, and the PROXY protocol wraps the end point.
   */
  private static MethodHandle jetty(Class<?> apiRequest) throws ReflectiveOperationException {
    ClassLoader container = apiRequest.getClassLoader();
    Class<?> request = Class.forName(JETTY_REQUEST, false, container);
    Method connectionMetaData = request.getMethod("getConnectionMetaData");
    Method connection = connectionMetaData.getReturnType().getMethod("getConnection");
    Method endPoint = connection.getReturnType().getMethod("getEndPoint");
    Class<?> wrapper = Class.forName(JETTY_WRAPPER, false, container);
    MethodHandle innermost =
        MethodHandles.insertArguments(
            INNERMOST, 0, wrapper, LOOKUP.unreflect(wrapper.getMethod("unwrap")).asType(ANY));
    MethodHandle way =
        then(
            then(
                then(
                    then(
                        LOOKUP.unreflect(apiRequest.getMethod("getRequest")),
                        request.getMethod("unWrap", request)),
                    connectionMetaData),
                connection),
            endPoint);
    return then(
        MethodHandles.filterReturnValue(
            way.asType(way.type().changeReturnType(Object.class)),
            innermost.asType(innermost.type().changeReturnType(endPoint.getReturnType()))),
        endPoint.getReturnType().getMethod("getRemoteSocketAddress"));
  }

  private static MethodHandle innermost() {
    try {
      return LOOKUP.findStatic(
          KnownContainers.class,
          "innermost",
          MethodType.methodType(Object.class, Class.class, MethodHandle.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e); // it is the method below
    }
  }

  /** Not private: it is found by its name. */
  static Object innermost(Class<?> wrapper, MethodHandle unwrap, Object endPoint) throws Throwable {
    Object inner = endPoint;
    while (wrapper.isInstance(inner)) {
      inner = (Object) unwrap.invokeExact(inner);
    }
    return inner;
  }

  private static MethodHandle then(MethodHandle first, Method next) throws IllegalAccessException {
    MethodHandle second = LOOKUP.unreflect(next);
    return MethodHandles.filterReturnValue(
        first, second.asType(second.type().changeParameterType(0, first.type().returnType())));
  }

  private static final class Way implements SocketReader {
    private final MethodHandle way;

    Way(MethodHandle way) {
      this.way = way.asType(ANY);
    }

    @Override
    public @Nullable Object addressOf(ServletRequest wire) {
      try {
        return (Object) way.invokeExact((Object) wire);
      } catch (Error fatal) {
        throw fatal;
      } catch (Throwable unknown) { // a request that is over, for example: its peer is nobody
        return null;
      }
    }
  }
}
