package dev.holdfast.spring.held;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.web.util.matcher.RequestMatcherEntry;

/**
 * What an object leads to: by its fields, by what a lambda has captured, through collections, and
 * through proxies of Spring's. What is nearest is looked at first, and there is an end to it.
 */
public final class HeldParts {
  private static final int MOST_OBJECTS = 10_000;

  private record Step(Object object, int steps) {}

  private final int mostSteps;
  private final Predicate<Object> wanted;
  private final Predicate<Object> leads;
  private final Set<Object> seen = HeldObjects.newIdentitySet();
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
   * @param mostSteps how many steps from one object to another are gone
   * @param wanted it is not looked into
   * @param leads which objects beside collections are looked into
   */
  public static List<Object> in(
      Object start, int mostSteps, Predicate<Object> wanted, Predicate<Object> leads) {
    HeldParts parts = new HeldParts(mostSteps, wanted, leads);
    parts.look(start, 0);
    for (Step step = parts.next.poll(); step != null; step = parts.next.poll()) {
      parts.lookInto(step.object(), step.steps() + 1);
    }
    return parts.found;
  }

  /** The application's own objects, and what its lambdas have captured. */
  public static boolean isOfApplication(Object object) {
    return HeldObjects.isOfApplication(object.getClass())
        || HeldObjects.isLambdaOfApplication(object.getClass());
  }

  private void look(@Nullable Object held, int steps) {
    if (held == null || seen.size() >= MOST_OBJECTS) {
      return;
    }
    Object object = behindProxies(held);
    if (wanted.test(object)) {
      if (seen.add(object)) {
        found.add(object);
      }
    } else if (steps < mostSteps
        && (leadsAnywhere(object) || leads.test(object))
        && seen.add(object)) {
      next.add(new Step(object, steps));
    }
  }

  /** A manager is looked at itself although it is made with its first use. */
  private static Object behindProxies(Object held) {
    return held instanceof AuthenticationManager
            || held instanceof AuthenticationProvider
            || held instanceof AuthenticationManagerResolver
        ? SpringProxies.behindIfThere(held)
        : SpringProxies.behindAspects(held);
  }

  private static boolean leadsAnywhere(Object object) {
    return object instanceof RequestMatcherEntry
        || object instanceof Object[]
        || object instanceof Optional
        || object instanceof AtomicReference
        || HeldObjects.hasElements(object);
  }

  private void lookInto(Object object, int steps) {
    if (object instanceof AtomicReference<?> reference) {
      look(reference.get(), steps); // final
    } else if (object instanceof Object[]
        || object instanceof Optional
        || HeldObjects.hasElements(object)) {
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
