package dev.holdfast.spring.webflux.held;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * What an object leads to: by its fields, by what a lambda has captured, through collections and
 * through Reactor's publishers. What is nearest is looked at first, and there is an end to it; what
 * lies behind that end is not found.
 */
public final class HeldParts {
  /** How many objects are looked at. */
  static final int MOST_OBJECTS = 10_000;

  /** Classes of others, which lead to everything, or to nothing. */
  private static final List<String> OF_OTHERS =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "org.springframework.",
          "io.micrometer.",
          "io.netty.",
          "reactor.netty.",
          "org.slf4j.",
          "ch.qos.logback.",
          "org.apache.logging.",
          "org.apache.commons.logging.");

  private record Step(Object object, int steps) {}

  private final int mostSteps;
  private final Predicate<Object> wanted;
  private final Predicate<Object> leads;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Queue<Step> next = new ArrayDeque<>();
  private final List<Object> found = new ArrayList<>();

  private HeldParts(int mostSteps, Predicate<Object> wanted, Predicate<Object> leads) {
    this.mostSteps = mostSteps;
    this.wanted = wanted;
    this.leads = leads;
  }

  /**
   * What is wanted among them.
   *
   * @param start looked into, whosever class it is of
   * @param mostSteps how many steps from one object to another are gone
   * @param wanted it is not looked into
   * @param leads whether any other object may be looked into
   */
  public static List<Object> in(
      Object start, int mostSteps, Predicate<Object> wanted, Predicate<Object> leads) {
    HeldParts parts = new HeldParts(mostSteps, wanted, leads);
    parts.seen.add(start);
    parts.lookIntoFields(start, 1);
    for (Step step = parts.next.poll(); step != null; step = parts.next.poll()) {
      parts.lookInto(step.object(), step.steps() + 1);
    }
    return parts.found;
  }

  /** Whether a class may be the application's own, a lambda's included. */
  public static boolean isOfApplication(Class<?> type) {
    return OF_OTHERS.stream().noneMatch(type.getName()::startsWith);
  }

  private void look(@Nullable Object held, int steps) {
    if (held == null || steps > mostSteps || seen.size() >= MOST_OBJECTS) {
      return;
    }
    Object object = SpringProxies.behindAspects(held);
    if (wanted.test(object)) {
      if (seen.add(object)) {
        found.add(object);
      }
    } else if (leadsOn(object) && leads.test(object) && seen.add(object)) {
      next.add(new Step(object, steps));
    }
  }

  private static boolean leadsOn(Object object) {
    return object instanceof Object[]
        || object instanceof Optional
        || object instanceof AtomicReference
        || object instanceof Future
        || object instanceof SingletonSupplier
        || Proxy.isProxyClass(object.getClass())
        || hasElements(object)
        || isOfApplication(object.getClass());
  }

  /** One of the JDK's, or of a class that extends one: to go through another may do anything. */
  private static boolean hasElements(Object value) {
    if (value instanceof Collection || value instanceof Map || value instanceof Map.Entry) {
      for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
        String name = type.getName();
        if (name.startsWith("java.util.") || name.startsWith("org.springframework.util.")) {
          return true;
        }
      }
    }
    return false;
  }

  private void lookInto(Object object, int steps) {
    if (object instanceof Object[] array) {
      lookAtEach(Arrays.asList(array), steps);
    } else if (object instanceof Optional<?> optional) {
      look(optional.orElse(null), steps);
    } else if (object instanceof AtomicReference<?> reference) {
      look(reference.get(), steps); // final
    } else if (object instanceof Future<?> future) {
      look(result(future), steps);
    } else if (object instanceof Map.Entry<?, ?> entry) {
      look(entry.getKey(), steps);
      look(entry.getValue(), steps);
    } else if (object instanceof Collection<?> several && hasElements(object)) {
      lookAtEach(several, steps);
    } else if (object instanceof Map<?, ?> map && hasElements(object)) {
      lookAtEach(map.keySet(), steps);
      lookAtEach(map.values(), steps);
    } else {
      lookIntoFields(object, steps);
    }
  }

  private void lookIntoHandler(Object proxy, int steps) {
    try {
      look(Proxy.getInvocationHandler(proxy), steps);
    } catch (RuntimeException hidden) {
      return;
    }
  }

  /** Others may change it meanwhile: what was seen until then counts. */
  private void lookAtEach(Collection<?> several, int steps) {
    try {
      several.forEach(each -> look(each, steps));
    } catch (RuntimeException changed) {
      return;
    }
  }

  private static @Nullable Object result(Future<?> future) {
    try {
      return future.isDone() && !future.isCancelled() ? future.get() : null;
    } catch (InterruptedException neverWhenItIsDone) {
      Thread.currentThread().interrupt();
      return null;
    } catch (Exception failed) {
      return null;
    }
  }

  /** Reads them, and calls nothing: beans may still be on their way. */
  private void lookIntoFields(Object holder, int steps) {
    if (Proxy.isProxyClass(holder.getClass())) {
      lookIntoHandler(holder, steps);
      return;
    }
    for (Class<?> type = holder.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : fields(type)) {
        if (!Modifier.isStatic(field.getModifiers()) || isOfApplication(type)) {
          look(value(field, holder), steps);
        }
      }
    }
  }

  private static List<Field> fields(Class<?> type) {
    try {
      return List.of(type.getDeclaredFields());
    } catch (LinkageError missing) { // one of them has a type that is not here
      return List.of();
    }
  }

  private static @Nullable Object value(Field field, Object holder) {
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
}
