package dev.holdfast.spring.witness;

import dev.holdfast.spring.held.HeldObjects;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.util.matcher.RequestMatcherEntry;

/**
 * The introspectors of Spring Security's that an introspector of the application's, or a chain's
 * manager, leads to: by its fields, by what a lambda has captured, and through proxies of Spring's.
 * What lies further away is not found, so that nothing is known of its answers.
 */
public final class HeldIntrospectors {
  private static final int MOST_STEPS = 12;
  private static final int MOST_OBJECTS = 10_000;

  private record Step(Object object, int steps) {}

  private final Set<Object> seen = HeldObjects.newIdentitySet();
  private final Queue<Step> next = new ArrayDeque<>();
  private final List<OpaqueTokenIntrospector> found = new ArrayList<>();

  private HeldIntrospectors() {}

  /** Those that this leads to, itself included. */
  public static List<OpaqueTokenIntrospector> in(Object start) {
    HeldIntrospectors held = new HeldIntrospectors();
    held.look(start, 0);
    for (Step step = held.next.poll(); step != null; step = held.next.poll()) {
      held.lookInto(step.object(), step.steps() + 1);
    }
    return held.found;
  }

  private void look(@Nullable Object held, int steps) {
    Object object = held == null ? null : behindProxies(held);
    if (object == null || seen.size() >= MOST_OBJECTS) {
      return;
    }
    if (WatchedIntrospector.isSprings(object)) {
      if (seen.add(object)) {
        found.add((OpaqueTokenIntrospector) object);
      }
    } else if (steps < MOST_STEPS && leadsOn(object) && seen.add(object)) {
      next.add(new Step(object, steps));
    }
  }

  private static Object behindProxies(Object held) {
    Object object = held;
    for (Object target = AopProxyUtils.getSingletonTarget(object);
        target != null;
        target = AopProxyUtils.getSingletonTarget(object)) {
      object = target;
    }
    return object;
  }

  private static boolean leadsOn(Object object) {
    return object instanceof OpaqueTokenIntrospector
        || object instanceof AuthenticationManager
        || object instanceof AuthenticationProvider
        || object instanceof AuthenticationManagerResolver
        || object instanceof RequestMatcherEntry
        || object instanceof Object[]
        || object instanceof Optional
        || object instanceof AtomicReference
        || HeldObjects.isPlain(object)
        || HeldObjects.isOfApplication(object.getClass())
        || HeldObjects.isLambdaOfApplication(object.getClass());
  }

  private void lookInto(Object object, int steps) {
    if (object instanceof Object[] array) {
      Arrays.asList(array).forEach(element -> look(element, steps));
    } else if (object instanceof Optional<?> optional) {
      look(optional.orElse(null), steps);
    } else if (object instanceof AtomicReference<?> reference) {
      look(reference.get(), steps); // final
    } else if (object instanceof Map<?, ?> map && HeldObjects.isPlain(map)) {
      HeldObjects.elements(map.values()).forEach(value -> look(value, steps));
      HeldObjects.elements(map.keySet()).forEach(key -> look(key, steps));
    } else if (HeldObjects.isPlain(object)) {
      HeldObjects.elements(object).forEach(element -> look(element, steps));
    } else {
      lookIntoFields(object, steps);
    }
  }

  /** Reads them, and calls nothing: beans may still be on their way. */
  private void lookIntoFields(Object holder, int steps) {
    for (Class<?> type = holder.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : HeldObjects.fields(type)) {
        if (!Modifier.isStatic(field.getModifiers()) || HeldObjects.isOfApplication(type)) {
          look(HeldObjects.value(field, holder), steps);
        }
      }
    }
  }
}
