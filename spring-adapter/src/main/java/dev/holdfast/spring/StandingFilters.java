package dev.holdfast.spring;

import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * Every filter that stands in the way of a request, with the chain that it stands in: those of all
 * chains of a {@link FilterChainProxy}, and what composite, delegating and wrapping filters hold in
 * their fields, and the beans that delegating filters name. Fields that cannot be read are passed
 * over: a filter that hides another one so well is not found.
 */
final class StandingFilters {
  /**
   * A filter and where it stands.
   *
   * @param filter the filter
   * @param chain the chain that it stands in; null when it stands in none
   */
  record Standing(Filter filter, @Nullable SecurityFilterChain chain) {}

  private final Consumer<SecurityFilterChain> arrival;
  private final Function<DelegatingFilterProxy, @Nullable Filter> targets;
  private final Set<Object> seen = newIdentitySet();
  private final List<Standing> standing = new ArrayList<>();
  private final List<SecurityFilterChain> chains = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param arrival told of each chain before its filters are looked at
   * @param targets finds the bean that a proxy stands for; null where it is not known
   */
  StandingFilters(
      Consumer<SecurityFilterChain> arrival,
      Function<DelegatingFilterProxy, @Nullable Filter> targets) {
    this.arrival = arrival;
    this.targets = targets;
  }

  /** Looks at this filter and all that it leads to. */
  void add(Filter filter) {
    visit(filter, null, seen);
  }

  List<Standing> all() {
    return standing;
  }

  /** The chains that were come by, in their order. */
  List<SecurityFilterChain> chains() {
    return chains;
  }

  /**
   * Goes on from this value.
   *
   * @param within what was seen in this chain already: one filter may stand in several
   */
  private void visit(Object value, @Nullable SecurityFilterChain chain, Set<Object> within) {
    if (value instanceof FilterChainProxy proxy) {
      if (seen.add(proxy)) {
        proxy.getFilterChains().forEach(own -> visit(own, null, seen));
      }
    } else if (value instanceof SecurityFilterChain own) {
      if (seen.add(own)) {
        chains.add(own);
        arrival.accept(own);
        Set<Object> here = newIdentitySet();
        own.getFilters().forEach(filter -> visit(filter, own, here));
      }
    } else if (value instanceof Filter filter) {
      if (within.add(filter)) {
        standing.add(new Standing(filter, chain));
        if (!TokenTakers.isHoldfasts(filter)) {
          valuesOf(filter).forEach(inner -> visit(inner, chain, within));
          visitTarget(filter, chain, within);
        }
      }
    } else {
      elementsOf(value).forEach(element -> visit(element, chain, within));
    }
  }

  /** Found by its bean's name: the proxy itself fetches it with the first request. */
  private void visitTarget(Filter filter, @Nullable SecurityFilterChain chain, Set<Object> within) {
    if (filter instanceof DelegatingFilterProxy proxy) {
      Filter target = targets.apply(proxy);
      if (target != null) {
        visit(target, chain, within);
      }
    }
  }

  private static List<Object> elementsOf(Object value) {
    Collection<?> elements = List.of();
    if (value instanceof Object[] array) {
      elements = Arrays.asList(array);
    } else if (value instanceof Collection<?> several && isPlain(value)) {
      elements = several;
    } else if (value instanceof Map<?, ?> map && isPlain(value)) {
      elements = map.values();
    }
    return elements.stream()
        .filter(element -> element instanceof Filter || element instanceof SecurityFilterChain)
        .<Object>map(element -> element)
        .toList();
  }

  static Set<Object> newIdentitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** One of the JDK's: to go through another one may do anything. */
  private static boolean isPlain(Object collection) {
    return collection.getClass().getName().startsWith("java.util.");
  }

  /** This supplier gives the same value whenever it is asked; any other one may do anything. */
  private static @Nullable Object content(@Nullable Object value) {
    return value instanceof SingletonSupplier<?> supplier ? supplier.get() : value;
  }

  /** What an object holds in its fields, as far as they can be read. */
  static List<Object> valuesOf(Object holder) {
    List<Object> values = new ArrayList<>();
    for (Class<?> type = holder.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          try {
            field.setAccessible(true);
            Object value = content(field.get(holder));
            if (value != null) {
              values.add(value);
            }
          } catch (ReflectiveOperationException | RuntimeException hidden) {
            // a module's secret
          }
        }
      }
    }
    return values;
  }
}
