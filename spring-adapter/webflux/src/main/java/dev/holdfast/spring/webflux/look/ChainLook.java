package dev.holdfast.spring.webflux.look;

import dev.holdfast.configuration.assembly.Assembly;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.web.server.WebFilter;

/**
 * Looks, when everything is there, at every chain that will be asked and at every filter beside
 * them. It stops the start where a token could be taken by somebody else, and where nothing is
 * enforced at all. Otherwise it writes the line that says what is enforced.
 */
public final class ChainLook implements SmartInitializingSingleton {
  private final ListableBeanFactory beans;
  private final Assembly assembly;
  private final Predicate<WebFilter> confirms;

  /**
   * A look at all of these beans.
   *
   * @param confirms whether a filter is Holdfast's own
   */
  public ChainLook(ListableBeanFactory beans, Assembly assembly, Predicate<WebFilter> confirms) {
    this.beans = beans;
    this.assembly = assembly;
    this.confirms = confirms;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Collection<WebFilterChainProxy> proxies =
        beans.getBeansOfType(WebFilterChainProxy.class).values();
    boolean enforces = false;
    for (WebFilterChainProxy proxy : proxies) {
      enforces |= look(proxy);
    }
    for (WebFilter filter : beans.getBeansOfType(WebFilter.class).values()) {
      if (!(filter instanceof WebFilterChainProxy)) {
        requireConfirmed(filter, "A WebFilter bean outside of the SecurityWebFilterChains");
      }
    }
    if (!enforces) {
      throw new UnenforcedTokensException(
          "Holdfast has nothing to enforce: no SecurityWebFilterChain that is asked has an"
              + " oauth2ResourceServer",
          "Use @EnableWebFluxSecurity and define a SecurityWebFilterChain bean with"
              + " oauth2ResourceServer(...), or remove Holdfast");
    }
    assembly.logStart();
  }

  private boolean look(WebFilterChainProxy proxy) {
    List<SecurityWebFilterChain> chains = ChainFilters.chains(proxy);
    if (chains == null) {
      throw new UnenforcedTokensException(
          "Holdfast cannot see the chains of " + proxy.getClass().getName(),
          "Take a version of Spring Security that this version of Holdfast is made for");
    }
    boolean enforces = false;
    for (SecurityWebFilterChain chain : chains) {
      for (WebFilter filter : ChainFilters.of(chain, "the chain " + chain)) {
        requireConfirmed(filter, "A SecurityWebFilterChain that is no bean");
        enforces |= confirms.test(filter);
      }
    }
    return enforces;
  }

  private void requireConfirmed(WebFilter filter, String where) {
    TokenTakers.Kind kind =
        confirms.test(filter) ? TokenTakers.Kind.OTHER : TokenTakers.kind(filter);
    if (kind == TokenTakers.Kind.TAKES_BEARER || kind == TokenTakers.Kind.UNSEEN) {
      throw new UnenforcedTokensException(
          where
              + " has a "
              + filter.getClass().getName()
              + " with "
              + TokenTakers.converterOf(filter)
              + ", which takes access tokens, and Holdfast does not confirm them there",
          "Define the chain as a bean of the type SecurityWebFilterChain, and let its"
              + " oauth2ResourceServer take the tokens");
    }
  }
}
