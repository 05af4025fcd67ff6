package dev.holdfast.spring.webflux.look;

import dev.holdfast.spring.webflux.verification.springs.HiddenField;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.web.server.WebFilter;

/** The filters of chains, and the chains of a proxy. */
public final class ChainFilters {
  private ChainFilters() {}

  /**
   * The chain's filters, in their order.
   *
   * @param name what the chain is called in a text
   * @throws UnenforcedTokensException when the chain does not tell them at once, or has new ones
   *     each time that it is asked
   */
  public static List<WebFilter> of(SecurityWebFilterChain chain, String name) {
    List<WebFilter> filters = now(chain, name);
    List<WebFilter> again = now(chain, name);
    boolean same = filters.size() == again.size();
    for (int i = 0; same && i < filters.size(); i++) {
      same = filters.get(i) == again.get(i);
    }
    if (!same) {
      throw new UnenforcedTokensException(
          "Holdfast cannot see the filters of " + name + ", because the chain makes new ones",
          "Build the chain with ServerHttpSecurity, or let getWebFilters() always answer with the"
              + " same filters");
    }
    return filters;
  }

  private static List<WebFilter> now(SecurityWebFilterChain chain, String name) {
    CompletableFuture<List<WebFilter>> filters = chain.getWebFilters().collectList().toFuture();
    List<WebFilter> now = filters.isCompletedExceptionally() ? null : filters.getNow(null);
    if (now == null) {
      throw new UnenforcedTokensException(
          "Holdfast cannot see the filters of " + name + ", because the chain has them later",
          "Build the chain with ServerHttpSecurity, or let getWebFilters() answer at once");
    }
    return List.copyOf(now);
  }

  /** Whether the chain is Spring Security's, which keeps the filters that it was made with. */
  static boolean keepsItsFilters(SecurityWebFilterChain chain) {
    return chain.getClass() == MatcherSecurityWebFilterChain.class;
  }

  /** What stands around the filters of the proxy's chains, or null as below. */
  static WebFilterChainProxy.@Nullable WebFilterChainDecorator decorator(
      WebFilterChainProxy proxy) {
    return HiddenField.read(
        WebFilterChainProxy.class, WebFilterChainProxy.WebFilterChainDecorator.class, proxy);
  }

  /** The chains that the proxy asks, or null when it is of an unknown version. */
  @SuppressWarnings("unchecked") // the field's own type argument
  static @Nullable List<SecurityWebFilterChain> chains(WebFilterChainProxy proxy) {
    return HiddenField.read(WebFilterChainProxy.class, List.class, proxy);
  }
}
