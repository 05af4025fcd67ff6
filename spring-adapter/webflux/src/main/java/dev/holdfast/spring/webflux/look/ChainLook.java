package dev.holdfast.spring.webflux.look;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
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
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  private final ListableBeanFactory beans;
  private final Assembly assembly;
  private final Edge edge;
  private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

  /**
   * What is Holdfast's own, and what is left to the application.
   *
   * @param takers tells what filters do
   * @param confirms whether a filter is Holdfast's own for tokens
   * @param others names of beans that are left alone
   */
  public record Edge(TokenTakers takers, Predicate<WebFilter> confirms, Set<String> others) {}

  /** A look at all of these beans. */
  public ChainLook(ListableBeanFactory beans, Assembly assembly, Edge edge) {
    this.beans = beans;
    this.assembly = assembly;
    this.edge = edge;
  }

  @Override
  public void afterSingletonsInstantiated() {
    all(SecurityWebFilterChain.class).forEach((name, bean) -> names.put(bean, name));
    Map<String, WebFilter> filters = all(WebFilter.class);
    filters.values().removeIf(filter -> filter instanceof WebFilterChainProxy);
    filters.values().removeIf(edge.takers()::isOwn);
    filters.forEach((name, bean) -> names.put(bean, name));
    requireNames();
    boolean enforces = false;
    for (WebFilterChainProxy proxy : all(WebFilterChainProxy.class).values()) {
      enforces |= look(proxy);
    }
    for (WebFilter filter : filters.values()) {
      if (!isOfOthers(filter)) {
        requireConfirmed(edge.takers().find(filter), "The WebFilter bean " + names.get(filter));
      }
    }
    if (!enforces) {
      throw new UnenforcedTokensException(
          "Holdfast has nothing to enforce: no SecurityWebFilterChain bean has oauth2ResourceServer(...)",
          "Define one (without Spring Boot with @EnableWebFluxSecurity). Or, with Spring Boot and no"
              + " chain of your own, set holdfast.tokens.issuers[0].issuer and .audiences: every"
              + " request then needs a token. Or remove Holdfast");
    }
    LOGGER.log(Level.INFO, assembly.startSentence() + others());
  }

  /** Those of the contexts above too: Spring asks them as well. */
  private <T> Map<String, T> all(Class<T> type) {
    return new LinkedHashMap<>(
        BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type, true, true));
  }

  private void requireNames() {
    Set<String> known = new TreeSet<>(names.values());
    for (String other : edge.others()) {
      if (!known.contains(other)) {
        throw new UnenforcedTokensException(
            "holdfast.tokens.chains-of-others, or a bean of the type ChainsOfOthers, names "
                + other
                + ", and no SecurityWebFilterChain bean and no WebFilter bean has this name",
            "Write one of these names, or none: " + String.join(", ", known));
      }
    }
  }

  private String others() {
    return edge.others().isEmpty()
        ? ""
        : ". Chains of others, which Holdfast leaves alone: "
            + String.join(", ", new TreeSet<>(edge.others()));
  }

  private boolean isOfOthers(@Nullable Object bean) {
    return edge.others().contains(names.getOrDefault(bean, ""));
  }

  private boolean look(WebFilterChainProxy proxy) {
    List<SecurityWebFilterChain> chains = ChainFilters.chains(proxy);
    WebFilterChainProxy.WebFilterChainDecorator decorator = ChainFilters.decorator(proxy);
    if (chains == null || decorator == null) {
      throw new UnenforcedTokensException(
          "Holdfast cannot see the chains of " + proxy.getClass().getName(),
          "Take a version of Spring Security that this version of Holdfast is made for");
    }
    requireConfirmed(edge.takers().findAround(decorator), "A WebFilterChainProxy");
    boolean enforces = false;
    for (SecurityWebFilterChain chain : chains) {
      enforces |= !isOfOthers(chain) && look(chain);
    }
    return enforces;
  }

  private boolean look(SecurityWebFilterChain chain) {
    if (!edge.takers().keepsItsFilters(chain)) {
      throw new UnenforcedTokensException(
          "A SecurityWebFilterChain that is no bean is of the class "
              + chain.getClass().getName()
              + ", which may have other filters later",
          "Define the chain as a bean of the type SecurityWebFilterChain");
    }
    boolean enforces = false;
    for (WebFilter filter : ChainFilters.of(chain, "the chain " + chain)) {
      requireConfirmed(edge.takers().find(filter), "A SecurityWebFilterChain that is no bean");
      enforces |= edge.confirms().test(filter);
    }
    return enforces;
  }

  private static void requireConfirmed(TokenTakers.Finding found, String where) {
    if (found.isForeign()) {
      throw UnenforcedTokensException.of(
          where,
          found.what(),
          "Define the chain as a bean of the type SecurityWebFilterChain, and let its"
              + " oauth2ResourceServer take the tokens");
    }
  }
}
