package dev.holdfast.spring.held;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The filters and chains that an object leads to: through the JDK's own collections, maps, arrays,
 * {@code Optional}, {@code AtomicReference} and futures that are done, and through the fields of
 * the application's objects. What is nearest is looked at first, and there is an end to it; what
 * lies behind that end is not found. No method of the application is called.
 */
public final class HeldFilters {
  /** How many steps from one object to another are gone. */
  public static final int MOST_STEPS = 5;

  /** How many objects are looked at. */
  public static final int MOST_OBJECTS = 10_000;

  private record Step(Object object, int steps) {}

  private final Set<Object> seen = HeldObjects.newIdentitySet();
  private final Queue<Step> next = new ArrayDeque<>();
  private final List<Object> found = new ArrayList<>();
  private int looks;

  private HeldFilters() {}

  /** Those that this leads to, without what is behind them. */
  public static List<Object> in(Object start) {
    HeldFilters held = new HeldFilters();
    held.look(start, 0);
    for (Step step = held.next.poll(); step != null; step = held.next.poll()) {
      held.lookInto(step.object(), step.steps() + 1);
    }
    return held.found;
  }

  private boolean hasEnded() {
    return looks >= MOST_OBJECTS;
  }

  private void look(@Nullable Object object, int steps) {
    if (object == null || hasEnded()) {
      return;
    }
    looks++;
    if (object instanceof Filter || object instanceof SecurityFilterChain) {
      if (seen.add(object)) {
        found.add(object);
      }
    } else if (steps < MOST_STEPS) {
      lead(SpringProxies.behindAspects(object), steps);
    }
  }

  private void lead(Object object, int steps) {
    if (leadsOn(object) && seen.add(object)) {
      next.add(new Step(object, steps));
    }
  }

  private static boolean leadsOn(Object object) {
    return object instanceof Object[]
        || object instanceof Optional
        || object instanceof AtomicReference
        || HeldObjects.isPlain(object)
        || (HeldObjects.isOfApplication(object.getClass())
            && !(object instanceof ServletContext)
            && !(object instanceof FilterConfig));
  }

  private void lookInto(Object object, int steps) {
    if (object instanceof Object[] array) {
      lookAtEach(Arrays.asList(array), steps);
    } else if (object instanceof Optional<?> optional) {
      look(optional.orElse(null), steps);
    } else if (object instanceof AtomicReference<?> reference) {
      look(reference.get(), steps); // final
    } else if (!HeldObjects.isPlain(object)) {
      lookIntoFields(object, steps);
    } else if (object instanceof Collection<?> several) {
      lookAtEach(several, steps);
    } else if (object instanceof Map<?, ?> map) {
      lookAtEach(map.keySet(), steps);
      lookAtEach(map.values(), steps);
    } else if (object instanceof Map.Entry<?, ?> entry) {
      look(entry.getKey(), steps);
      look(entry.getValue(), steps);
    } else if (object instanceof Future<?> future) {
      look(result(future), steps);
    }
  }

  /** Others may change it meanwhile: what was seen until then counts. */
  private void lookAtEach(Collection<?> several, int steps) {
    try {
      for (Iterator<?> each = several.iterator(); !hasEnded() && each.hasNext(); ) {
        look(each.next(), steps);
      }
    } catch (RuntimeException changed) {
      return;
    }
  }

  private static @Nullable Object result(Future<?> future) {
    try {
      return future.isDone() ? future.get() : null;
    } catch (ExecutionException | RuntimeException failed) {
      return null;
    } catch (InterruptedException neverWhenItIsDone) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void lookIntoFields(Object holder, int steps) {
    for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
      if (HeldObjects.isOfApplication(type)) {
        for (Field field : HeldObjects.fields(type)) {
          look(HeldObjects.value(field, holder), steps);
        }
      }
    }
  }
}
