package dev.holdfast.spring.webflux;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A chain of the application's with the filters that it had at the start, each as it is or in
 * Holdfast's place for it. A filter that the chain has only later was looked at by nobody: the
 * request fails.
 */
class CheckedChain implements SecurityWebFilterChain {
  private final SecurityWebFilterChain original;
  private final String name;
  private final IdentityHashMap<WebFilter, WebFilter> standing = new IdentityHashMap<>();

  private CheckedChain(
      SecurityWebFilterChain original,
      String name,
      List<WebFilter> filters,
      List<WebFilter> enforced) {
    this.original = original;
    this.name = name;
    for (int i = 0; i < filters.size(); i++) {
      standing.put(filters.get(i), enforced.get(i));
    }
  }

  /**
   * One that stands where the original stands.
   *
   * @param name what the chain is called in a text
   * @param filters those of the original
   * @param enforced what stands in their places, in the same order
   */
  static CheckedChain of(
      SecurityWebFilterChain original,
      String name,
      List<WebFilter> filters,
      List<WebFilter> enforced) {
    Integer order = order(original);
    if (order == null) {
      return new CheckedChain(original, name, filters, enforced);
    }
    return original instanceof PriorityOrdered
        ? new PriorityOrderedChain(original, name, filters, enforced, order)
        : new OrderedChain(original, name, filters, enforced, order);
  }

  /** As the chain itself or its class says it; of others their bean's definition says it. */
  private static @Nullable Integer order(SecurityWebFilterChain original) {
    return original instanceof Ordered ordered
        ? Integer.valueOf(ordered.getOrder())
        : OrderUtils.getOrder(original.getClass());
  }

  @Override
  public Mono<Boolean> matches(ServerWebExchange exchange) {
    return original.matches(exchange);
  }

  @Override
  public Flux<WebFilter> getWebFilters() {
    return original.getWebFilters().map(this::checked);
  }

  private WebFilter checked(WebFilter filter) {
    WebFilter known = standing.get(filter);
    if (known == null) {
      throw new IllegalStateException(
          name
              + " has a filter that it did not have at the start, so that Holdfast has not looked at"
              + " it: "
              + filter.getClass().getName()
              + ". Let getWebFilters() always answer with the same filters");
    }
    return known;
  }

  @Override
  public String toString() {
    return original.toString();
  }

  private static class OrderedChain extends CheckedChain implements Ordered {
    private final int order;

    OrderedChain(
        SecurityWebFilterChain original,
        String name,
        List<WebFilter> filters,
        List<WebFilter> enforced,
        int order) {
      super(original, name, filters, enforced);
      this.order = order;
    }

    @Override
    public int getOrder() {
      return order;
    }
  }

  /** Before all that are only ordered. */
  private static final class PriorityOrderedChain extends OrderedChain implements PriorityOrdered {
    PriorityOrderedChain(
        SecurityWebFilterChain original,
        String name,
        List<WebFilter> filters,
        List<WebFilter> enforced,
        int order) {
      super(original, name, filters, enforced, order);
    }
  }
}
