package dev.holdfast.servlet.registration.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one Jetty context, seen from one of them. Jetty prepends its {@code
 * WebSocketUpgradeFilter} when an initializer configures WebSockets, or when the first endpoint is
 * added, after the start too: so the order is looked at whenever a mapping is added.
 */
public final class JettyFilters {
  private static final Pattern CONTEXT =
      Pattern.compile(
          "(org\\.eclipse\\.jetty\\.(?:ee\\d+\\.)?servlet\\.ServletContextHandler)\\$.*");
  private static final String HANDSHAKES = "WebSocketUpgradeFilter";
  private static final String LISTENER = "org.eclipse.jetty.util.component.Container$Listener";

  private final Object contextHandler;
  private final Object servletHandler;
  private final String name;
  private final Class<?> mappingType;
  private @Nullable EventListener watcher;

  private JettyFilters(Object contextHandler, String name) throws ReflectiveOperationException {
    this.contextHandler = contextHandler;
    this.servletHandler = call(contextHandler, "getServletHandler");
    this.name = name;
    this.mappingType =
        servletHandler.getClass().getMethod("getFilterMappings").getReturnType().getComponentType();
  }

  /** Null in another container. */
  public static @Nullable JettyFilters of(ServletContext context, String name)
      throws ReflectiveOperationException {
    Object handler = contextHandler(context);
    return handler == null ? null : new JettyFilters(handler, name);
  }

  /** Jetty's handler of this context. Null in another container. */
  public static @Nullable Object contextHandler(ServletContext context)
      throws ReflectiveOperationException {
    for (Class<?> type = context.getClass(); type != null; type = type.getSuperclass()) {
      Matcher jetty = CONTEXT.matcher(type.getName());
      if (jetty.matches()) {
        return Class.forName(jetty.group(1), false, type.getClassLoader())
            .getMethod("getServletContextHandler", ServletContext.class)
            .invoke(null, context);
      }
    }
    return null;
  }

  /** Whether this is a context of Jetty that has started already. */
  private static boolean isRunning(ServletContext context) throws ReflectiveOperationException {
    JettyFilters jetty = of(context, "");
    return jetty != null && Boolean.TRUE.equals(call(jetty.contextHandler, "isStarted"));
  }

  /** Jetty takes filters and their mappings after the start as well, one after the other. */
  public static boolean areMappingsFinal(ServletContext context) {
    try {
      return !isRunning(context);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return false;
    }
  }

  /** Tells for which dispatcher types this filter is mapped. Nothing in another container. */
  public static void dispatchers(ServletContext context, String name, DispatcherMappings found)
      throws ReflectiveOperationException {
    JettyFilters jetty = of(context, name);
    if (jetty != null) {
      for (Object mapping : jetty.mappings()) {
        if (jetty.isOwn(mapping)) {
          Set<DispatcherType> types = jetty.dispatchers(mapping);
          texts(of(mapping, "getPathSpecs")).forEach(path -> found.addPath(path, types));
          texts(of(mapping, "getServletNames")).forEach(each -> found.addServlet(each, types));
        }
      }
    }
  }

  /** Without any it is requests, and asynchronous dispatches of a filter that supports them. */
  private Set<DispatcherType> dispatchers(Object mapping) throws ReflectiveOperationException {
    Set<DispatcherType> types = EnumSet.noneOf(DispatcherType.class);
    for (Object type : (Set<?>) call(mapping, "getDispatcherTypes")) {
      types.add((DispatcherType) type);
    }
    if (types.isEmpty()) {
      types.add(DispatcherType.REQUEST);
      Object holder = call(servletHandler, "getFilter", String.class, name);
      if (holder != null && Boolean.TRUE.equals(of(holder, "isAsyncSupported"))) {
        types.add(DispatcherType.ASYNC);
      }
    }
    return types;
  }

  private static List<String> texts(@Nullable Object array) {
    return array == null ? List.of() : List.of((String[]) array);
  }

  /** Mends the order now, and after every change. */
  public void watch() throws ReflectiveOperationException {
    JettyHandlers.refuse((Iterable<?>) call(contextHandler, "getDescendants"), name);
    Class<?> type = Class.forName(LISTENER, false, servletHandler.getClass().getClassLoader());
    EventListener added =
        (EventListener)
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "equals" -> proxy == arguments[0];
                      case "hashCode" -> System.identityHashCode(proxy);
                      case "toString" -> "the order of " + name + " and WebSocket handshakes";
                      case "beanAdded" -> {
                        added(arguments[1]);
                        yield null;
                      }
                      default -> null;
                    });
    watcher = added;
    call(servletHandler, "addEventListener", EventListener.class, added); // tells of all there is
    mend();
  }

  public void unwatch() {
    EventListener added = watcher;
    watcher = null;
    try {
      if (added != null) {
        call(servletHandler, "removeEventListener", EventListener.class, added);
      }
    } catch (ReflectiveOperationException gone) {
      // then nobody holds it either
    }
  }

  private void added(@Nullable Object bean) throws ReflectiveOperationException {
    if (!mappingType.isInstance(bean)) {
      return;
    }
    boolean relevant = isOwn(bean) || isHandshake(bean);
    if (relevant && !mappings().contains(bean)) {
      throw FilterOrder.refusal(name, "all mappings are being set at once");
    }
    if (relevant) {
      mend();
    }
  }

  private void mend() throws ReflectiveOperationException {
    List<Object> mappings = mappings();
    boolean byServlet = false;
    for (Object mapping : mappings) {
      byServlet |= isOwn(mapping) && of(mapping, "getServletNames") != null;
    }
    List<Object> mended = byServlet ? byServlet(mappings) : null;
    if (mended == null) {
      mended = FilterOrder.mended(mappings, this::isOwn, this::isHandshake);
    }
    if (mended != null) {
      Object array = mended.toArray((Object[]) Array.newInstance(mappingType, 0));
      call(servletHandler, "setFilterMappings", array.getClass(), array);
    }
  }

  /**
   * What is mapped by the name of a servlet comes behind all that is mapped by path, and what is
   * mapped to every name is innermost. Null when the handshakes are there already.
   */
  private @Nullable List<Object> byServlet(List<Object> mappings)
      throws ReflectiveOperationException {
    boolean changed = false;
    for (Object mapping : mappings) {
      if (isHandshake(mapping) && of(mapping, "getPathSpecs") != null) {
        call(mapping, "setPathSpecs", String[].class, null);
        call(mapping, "setServletName", String.class, "*");
        changed = true;
      }
    }
    return changed ? mappings : null;
  }

  private List<Object> mappings() throws ReflectiveOperationException {
    return Arrays.asList((Object[]) call(servletHandler, "getFilterMappings"));
  }

  private boolean isOwn(Object mapping) {
    return name.equals(of(mapping, "getFilterName"));
  }

  private boolean isHandshake(Object mapping) {
    try {
      String filter = String.valueOf(of(mapping, "getFilterName"));
      Object holder = call(servletHandler, "getFilter", String.class, filter);
      return filter.endsWith(HANDSHAKES) || (holder != null && isHandshakeFilter(holder));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isHandshakeFilter(Object holder) {
    for (Class<?> type = (Class<?>) of(holder, "getHeldClass");
        type != null;
        type = type.getSuperclass()) {
      if (type.getSimpleName().equals(HANDSHAKES)) {
        return true;
      }
    }
    return String.valueOf(of(holder, "getClassName")).endsWith(HANDSHAKES);
  }

  private static @Nullable Object of(Object target, String getter) {
    try {
      return target.getClass().getMethod(getter).invoke(target);
    } catch (ReflectiveOperationException anotherVersion) {
      throw new IllegalStateException(anotherVersion);
    }
  }

  private static Object call(Object target, String getter) throws ReflectiveOperationException {
    return target.getClass().getMethod(getter).invoke(target);
  }

  private static @Nullable Object call(
      Object target, String method, Class<?> type, @Nullable Object argument)
      throws ReflectiveOperationException {
    Method found = target.getClass().getMethod(method, type);
    try {
      return found.invoke(target, argument);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw thrown;
    }
  }
}
