package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.FilterFields;
import dev.holdfast.spring.held.HeldFilters;
import dev.holdfast.spring.held.HeldObjects;
import dev.holdfast.spring.held.SpringProxies;
import dev.holdfast.spring.held.UnseenFilterException;
import jakarta.servlet.Filter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * Every filter that stands in the way of a request, with the chain that it stands in: those of all
 * chains of a {@link FilterChainProxy}, and what composite, delegating and wrapping filters hold in
 * their fields, and the beans that delegating filters name, and what stands behind a proxy of
 * Spring's. What cannot be looked at is remembered: a filter may be in it that takes tokens.
 */
public final class StandingFilters {
  /**
   * A filter and where it stands.
   *
   * @param filter the filter
   * @param chain the chain that it stands in; null when it stands in none
   */
  public record StandingFilter(Filter filter, @Nullable SecurityFilterChain chain) {}

  /**
   * A filter that could not be looked at.
   *
   * @param filter the filter
   * @param chain the chain that it stands in; null when it stands in none
   * @param why what could not be seen
   */
  public record Unseen(
      Filter filter, @Nullable SecurityFilterChain chain, UnseenFilterException why) {}

  private final Consumer<SecurityFilterChain> arrival;
  private final Function<DelegatingFilterProxy, @Nullable Filter> targets;
  private final Set<Object> seen = HeldObjects.newIdentitySet();
  private final List<StandingFilter> standing = new ArrayList<>();
  private final List<Unseen> unseen = new ArrayList<>();
  private final List<SecurityFilterChain> chains = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param arrival told of each chain before its filters are looked at
   * @param targets finds the bean that a proxy stands for; null where there is none
   */
  public StandingFilters(
      Consumer<SecurityFilterChain> arrival,
      Function<DelegatingFilterProxy, @Nullable Filter> targets) {
    this.arrival = arrival;
    this.targets = targets;
  }

  /** Looks at this filter and all that it leads to. */
  public void add(Filter filter) {
    visit(filter, null, seen);
  }

  public List<StandingFilter> all() {
    return standing;
  }

  public List<Unseen> unseen() {
    return unseen;
  }

  /** The chains that were come by, in their order. */
  public List<SecurityFilterChain> chains() {
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
        Set<Object> here = HeldObjects.newIdentitySet();
        own.getFilters().forEach(filter -> visit(filter, own, here));
      }
    } else if (value instanceof Filter filter) {
      if (within.add(filter)) {
        standing.add(new StandingFilter(filter, chain));
        if (!(filter instanceof ConfirmingFilter)) {
          visitFields(filter, filter, chain, within);
          visitTarget(filter, chain, within);
        }
      }
    } else {
      HeldFilters.in(value).forEach(held -> visit(held, chain, within));
    }
  }

  private void visitFields(
      Object holder, Filter filter, @Nullable SecurityFilterChain chain, Set<Object> within) {
    FilterFields fields = FilterFields.of(holder);
    fields.unread().forEach(why -> unseen.add(new Unseen(filter, chain, why)));
    fields.values().forEach(inner -> visit(inner, chain, within));
  }

  /** What is found by a bean's name, with the first request, or stands behind a proxy. */
  private void visitTarget(Filter filter, @Nullable SecurityFilterChain chain, Set<Object> within) {
    if (Proxy.isProxyClass(filter.getClass())) {
      visitFields(Proxy.getInvocationHandler(filter), filter, chain, within);
    }
    try {
      Object target = null;
      if (filter instanceof DelegatingFilterProxy proxy) {
        target = targets.apply(proxy);
      } else {
        target = SpringProxies.behind(filter);
      }
      if (target != null && target != filter) {
        visit(target, chain, within);
      }
    } catch (UnseenFilterException hidden) {
      unseen.add(new Unseen(filter, chain, hidden));
    }
  }
}
