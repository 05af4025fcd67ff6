package dev.holdfast.spring.held;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the objects of an application hold, read by reflection: no method of theirs is called. */
public final class HeldObjects {
  /** Classes of others, which lead to everything, or to nothing. */
  private static final List<String> OF_OTHERS =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "jakarta.",
          "org.springframework.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.apache.tomcat.",
          "org.eclipse.jetty.",
          "io.undertow.",
          "org.slf4j.",
          "ch.qos.logback.",
          "org.apache.logging.",
          "org.apache.commons.logging.");

  private HeldObjects() {}

  /** Whether a class may be the application's own, so that its fields are worth a look. */
  public static boolean isOfApplication(Class<?> type) {
    String name = type.getName();
    return !type.isHidden()
        && !type.isArray()
        && !name.contains("$$SpringCGLIB$$") // a configuration, or an aspect: empty
        && OF_OTHERS.stream().noneMatch(name::startsWith);
  }

  /** The same of a lambda, whose fields are what it has captured. */
  public static boolean isLambdaOfApplication(Class<?> type) {
    String name = type.getName();
    return type.isHidden() && OF_OTHERS.stream().noneMatch(name::startsWith);
  }

  /** One of the JDK's: to go through another one may do anything. */
  public static boolean isPlain(Object collection) {
    return collection.getClass().getName().startsWith("java.util.");
  }

  /** One of the JDK's or of Spring's utilities, or of a class that extends one. */
  static boolean hasElements(Object value) {
    return isPlain(value) || (isCollection(value) && extendsKnownOne(value.getClass()));
  }

  private static boolean extendsKnownOne(Class<?> collection) {
    for (Class<?> type = collection; type != null; type = type.getSuperclass()) {
      String name = type.getName();
      if (name.startsWith("java.util.") || name.startsWith("org.springframework.util.")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCollection(Object value) {
    return value instanceof Collection || value instanceof Map;
  }

  /** The value alone, or what a collection, a map or another holder has in it. */
  public static List<Object> elements(Object value) {
    if (value instanceof Object[] array) {
      return present(Arrays.asList(array));
    }
    if (value instanceof Optional<?> optional) {
      return optional.<List<Object>>map(List::of).orElse(List.of());
    }
    if (value instanceof Map<?, ?> map && hasElements(value)) {
      List<Object> both = new ArrayList<>(present(map.keySet()));
      both.addAll(present(map.values()));
      return both;
    }
    return value instanceof Collection<?> several && hasElements(value)
        ? present(several)
        : List.of(value);
  }

  private static List<Object> present(Collection<?> several) {
    try {
      return several.stream().filter(Objects::nonNull).<Object>map(element -> element).toList();
    } catch (RuntimeException changing) { // filters keep converters and managers in no such list
      return List.of();
    }
  }

  public static List<Field> fields(Class<?> type) {
    try {
      return List.of(type.getDeclaredFields());
    } catch (LinkageError missing) { // one of them has a type that is not here
      return Collections.emptyList();
    }
  }

  public static @Nullable Object value(Field field, Object holder) {
    if (field.getType().isPrimitive()) {
      return null;
    }
    try {
      field.setAccessible(true);
      return field.get(Modifier.isStatic(field.getModifiers()) ? null : holder);
    } catch (ReflectiveOperationException | RuntimeException hidden) { // a module's secret
      return null;
    }
  }

  public static Set<Object> newIdentitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
