package dev.holdfast.servlet.registration.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one Tomcat context. Tomcat adds its {@code WsFilter} in an initializer, so that
 * filters which a listener appends are behind it.
 */
public final class TomcatFilters {
  private static final String FACADE = "org.apache.catalina.core.ApplicationContextFacade";
  private static final String CONTEXT = "org.apache.catalina.Context";
  private static final String MAP = "org.apache.tomcat.util.descriptor.web.FilterMap";
  private static final String HANDSHAKES = "org.apache.tomcat.websocket.server.WsFilter";

  private final Object context;
  private final Class<?> contexts;
  private final Class<?> maps;

  private TomcatFilters(Object context) throws ReflectiveOperationException {
    ClassLoader tomcat = context.getClass().getClassLoader();
    this.context = context;
    this.contexts = Class.forName(CONTEXT, false, tomcat);
    this.maps = Class.forName(MAP, false, tomcat);
  }

  /** Puts Tomcat's WebSocket filter behind this one. Does nothing in another container. */
  public static void putFirst(ServletContext facade, String name)
      throws ReflectiveOperationException {
    Object container = container(facade);
    if (container != null) {
      new TomcatFilters(container).putFirst(name);
    }
  }

  /** Whether a mapping of this filter is {@code *}, for paths or for servlets. */
  public static boolean isMappedToAll(ServletContext facade, String name)
      throws ReflectiveOperationException {
    Object container = container(facade);
    return container != null
        && new TomcatFilters(container)
            .mappings().stream()
                .filter(map -> name.equals(of(map, "getFilterName")))
                .anyMatch(
                    map ->
                        Boolean.TRUE.equals(of(map, "getMatchAllUrlPatterns"))
                            || Boolean.TRUE.equals(of(map, "getMatchAllServletNames")));
  }

  /** Tells for which dispatcher types this filter is mapped. Nothing in another container. */
  public static void dispatchers(ServletContext facade, String name, DispatcherMappings found)
      throws ReflectiveOperationException {
    Object container = container(facade);
    if (container == null) {
      return;
    }
    for (Object map : new TomcatFilters(container).mappings()) {
      if (name.equals(of(map, "getFilterName"))) {
        EnumSet<DispatcherType> types = EnumSet.noneOf(DispatcherType.class);
        for (String dispatcher : (String[]) of(map, "getDispatcherNames")) {
          types.add(DispatcherType.valueOf(dispatcher));
        }
        if (types.isEmpty()) {
          types.add(DispatcherType.REQUEST); // what web.xml means without any
        }
        paths(map).forEach(path -> found.addPath(path, types));
        servlets(map).forEach(servlet -> found.addServlet(servlet, types));
      }
    }
  }

  private static List<String> paths(Object map) {
    return Boolean.TRUE.equals(of(map, "getMatchAllUrlPatterns"))
        ? List.of("/*")
        : List.of((String[]) of(map, "getURLPatterns"));
  }

  private static List<String> servlets(Object map) {
    return Boolean.TRUE.equals(of(map, "getMatchAllServletNames"))
        ? List.of("*")
        : List.of((String[]) of(map, "getServletNames"));
  }

  /** Tomcat's own object for this context, or null in another container. */
  public static @Nullable Object container(ServletContext facade)
      throws ReflectiveOperationException {
    return facade.getClass().getName().equals(FACADE) ? inner(inner(facade)) : null;
  }

  private void putFirst(String name) throws ReflectiveOperationException {
    List<Object> mappings = mappings();
    List<Object> own =
        mappings.stream().filter(map -> name.equals(of(map, "getFilterName"))).toList();
    boolean byServlet = own.stream().anyMatch(TomcatFilters::namesServlets);
    if (byServlet || FilterOrder.mended(mappings, own::contains, this::isHandshake) != null) {
      for (Object map : mappings) {
        if (isHandshake(map)) {
          contexts.getMethod("removeFilterMap", maps).invoke(context, map);
          contexts
              .getMethod("addFilterMap", maps)
              .invoke(context, byServlet ? ofEveryServlet(map) : map);
        }
      }
    }
  }

  /** What is mapped by the name of a servlet comes behind all that is mapped by path. */
  private Object ofEveryServlet(Object map) throws ReflectiveOperationException {
    Object everywhere = maps.getConstructor().newInstance();
    maps.getMethod("setFilterName", String.class).invoke(everywhere, of(map, "getFilterName"));
    maps.getMethod("addServletName", String.class).invoke(everywhere, "*");
    for (String dispatcher : (String[]) of(map, "getDispatcherNames")) {
      maps.getMethod("setDispatcher", String.class).invoke(everywhere, dispatcher);
    }
    return everywhere;
  }

  private List<Object> mappings() throws ReflectiveOperationException {
    return Arrays.asList((Object[]) contexts.getMethod("findFilterMaps").invoke(context));
  }

  private static boolean namesServlets(Object map) {
    return ((String[]) of(map, "getServletNames")).length > 0
        || Boolean.TRUE.equals(of(map, "getMatchAllServletNames"));
  }

  private boolean isHandshake(Object map) {
    try {
      Object definition =
          contexts
              .getMethod("findFilterDef", String.class)
              .invoke(context, of(map, "getFilterName"));
      return definition != null && HANDSHAKES.equals(of(definition, "getFilterClass"));
    } catch (ReflectiveOperationException anotherVersion) {
      throw new IllegalStateException(anotherVersion);
    }
  }

  private static Object of(Object target, String getter) {
    try {
      return target.getClass().getMethod(getter).invoke(target);
    } catch (ReflectiveOperationException anotherVersion) {
      throw new IllegalStateException(anotherVersion);
    }
  }

  /** The facade's application context, and that one's container: both call it the same. */
  private static Object inner(Object wrapper) throws ReflectiveOperationException {
    Field field = wrapper.getClass().getDeclaredField("context");
    field.setAccessible(true);
    return field.get(wrapper);
  }
}
