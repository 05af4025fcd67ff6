package dev.holdfast.spring.look;

import dev.holdfast.spring.FrameworkProofs;
import dev.holdfast.spring.held.UnseenFilterException;
import dev.holdfast.spring.takers.ConfirmingFilter;
import dev.holdfast.spring.takers.ConvertedTokens;
import dev.holdfast.spring.takers.PasswordTokens;
import dev.holdfast.spring.takers.PreAuthenticated;
import dev.holdfast.spring.takers.StandingFilters;
import dev.holdfast.spring.takers.TokenTakers;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * Searches one application context for filters that take access tokens: its filter beans, what Boot
 * registers, what else the servlet context has, and all chains of all {@link FilterChainProxy}s.
 */
final class FilterSearch {
  private final ApplicationContext context;
  private final Set<String> others;
  private final IdentityHashMap<SecurityFilterChain, String> names = new IdentityHashMap<>();
  private final FilterBeans beans;
  private final StandingFilters standing =
      new StandingFilters(FrameworkProofs::replaceIn, this::target);

  FilterSearch(ApplicationContext context, Set<String> others) {
    this.context = context;
    this.beans = new FilterBeans(context);
    this.others = others;
  }

  /**
   * The chains of this context and those above.
   *
   * @throws UnenforcedTokensException when one takes tokens that nobody confirms
   */
  List<LookedAtChain> chains() {
    beans.of(SecurityFilterChain.class).forEach((name, chain) -> names.put(chain, name));
    beans.filters().values().forEach(standing::add);
    registeredFilters();
    Map<SecurityFilterChain, LookedAtChain.Finding> findings = new LinkedHashMap<>();
    standing.chains().forEach(chain -> findings.put(chain, without(chain)));
    for (StandingFilters.StandingFilter one : standing.all()) {
      SecurityFilterChain chain = one.chain();
      if (chain != null && one.filter() instanceof ConfirmingFilter) {
        refuseContradiction(chain);
        findings.put(chain, LookedAtChain.Finding.ENFORCED);
      }
      look(one);
    }
    for (StandingFilters.Unseen one : standing.unseen()) {
      if (!isOfOthers(one.chain())) {
        boolean enforced = findings.get(one.chain()) == LookedAtChain.Finding.ENFORCED;
        throw unseen(one, enforced);
      }
    }
    List<LookedAtChain> chains = new ArrayList<>();
    findings.forEach(
        (chain, finding) ->
            chains.add(new LookedAtChain(chain, name(chain), finding, beside(chain))));
    return chains;
  }

  /** At one filter of a chain that is not of others. */
  private void look(StandingFilters.StandingFilter one) {
    if (isOfOthers(one.chain())) {
      return;
    }
    try {
      if (TokenTakers.isForeign(one.filter())) {
        throw foreign(one.filter(), one.chain());
      }
    } catch (UnseenFilterException hidden) {
      standing.unseen().add(new StandingFilters.Unseen(one.filter(), one.chain(), hidden));
    }
  }

  private List<String> beside(SecurityFilterChain chain) {
    Set<String> beside = new LinkedHashSet<>();
    for (StandingFilters.StandingFilter one : standing.all()) {
      if (one.chain() == chain) {
        if (one.filter() instanceof AbstractPreAuthenticatedProcessingFilter filter) {
          Set<String> places = PreAuthenticated.places(filter);
          if (!places.isEmpty()) {
            beside.add(type(filter) + " (" + String.join(", ", places) + ")");
          }
        }
        PasswordTokens.providersOf(one.filter())
            .forEach(
                provider -> beside.add(provider + " (a password, which may be an access token)"));
      }
    }
    return List.copyOf(beside);
  }

  private @Nullable Filter target(DelegatingFilterProxy proxy) {
    return ProxyTarget.of(proxy, context);
  }

  private LookedAtChain.Finding without(SecurityFilterChain chain) {
    return isOfOthers(chain)
        ? LookedAtChain.Finding.OF_OTHERS
        : LookedAtChain.Finding.WITHOUT_TOKENS;
  }

  /** By class: the servlet context shows no instances. */
  private void registeredFilters() {
    ServletContext servlets =
        context instanceof WebApplicationContext web ? web.getServletContext() : null;
    if (servlets == null) {
      return;
    }
    for (FilterRegistration registration : servlets.getFilterRegistrations().values()) {
      if (isBearerFilter(registration.getClassName())) {
        throw new UnenforcedTokensException(
            "The servlet filter \""
                + registration.getName()
                + "\" takes access tokens, and Holdfast does not enforce it: "
                + registration.getClassName(),
            "Remove it, and give a SecurityFilterChain its oauth2ResourceServer(...) instead");
      }
    }
  }

  private boolean isBearerFilter(@Nullable String className) {
    try {
      return className != null
          && BearerTokenAuthenticationFilter.class.isAssignableFrom(
              ClassUtils.forName(className, context.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError notOfThisApplication) {
      return false;
    }
  }

  private boolean isOfOthers(@Nullable SecurityFilterChain chain) {
    return chain != null && others.contains(names.getOrDefault(chain, ""));
  }

  /** What a {@code WebSecurityCustomizer} ignores is a chain without filters, and no bean. */
  private String name(SecurityFilterChain chain) {
    return names.getOrDefault(chain, chain.getFilters().isEmpty() ? "ignored" : "unnamed");
  }

  private void refuseContradiction(SecurityFilterChain chain) {
    if (isOfOthers(chain)) {
      throw new UnenforcedTokensException(
          "holdfast.tokens.chains-of-others names the chain \""
              + name(chain)
              + "\", and Holdfast enforces it",
          "Take the name out of that setting, or HoldfastConfigurer.holdfast() out of the chain");
    }
  }

  private UnenforcedTokensException foreign(Filter filter, @Nullable SecurityFilterChain chain) {
    boolean byConverter =
        !(filter instanceof BearerTokenAuthenticationFilter) && ConvertedTokens.areTakenBy(filter);
    String what =
        "takes access tokens by a filter that Holdfast does not enforce: "
            + type(filter)
            + (byConverter
                ? ", whose AuthenticationConverter may make an access token out of a request, and"
                    + " whose AuthenticationManager verifies access tokens"
                : "");
    String otherCredentials =
        byConverter
            ? ". If this filter takes other credentials, give it an AuthenticationManager that"
                + " verifies no access tokens, or a SecurityFilterChain of its own without"
                + " oauth2ResourceServer(...)"
            : "";
    if (chain == null) {
      return new UnenforcedTokensException(
          "The servlet filter of the bean \"" + beanOf(filter) + "\" " + what,
          "Remove it, and give a SecurityFilterChain its oauth2ResourceServer(...) instead"
              + otherCredentials);
    }
    if (chain.getFilters().stream().anyMatch(ConfirmingFilter.class::isInstance)) {
      return new UnenforcedTokensException(
          said(chain) + " " + what,
          "Take this filter out of the chain, and let clients and proxies send the access token in"
              + " Authorization, where Holdfast takes it"
              + otherCredentials);
    }
    return new UnenforcedTokensException(
        said(chain) + " " + what,
        "Configure it by http.oauth2ResourceServer(...) on the HttpSecurity that Spring Security"
            + " injects, which Holdfast enforces"
            + otherCredentials
            + ". If the chain's tokens are not Holdfast's business, "
            + exemption(chain));
  }

  /** A chain that Holdfast enforces cannot be one of others. */
  private UnenforcedTokensException unseen(StandingFilters.Unseen one, boolean enforced) {
    SecurityFilterChain chain = one.chain();
    return new UnenforcedTokensException(
        (chain == null
                ? "The servlet filter of the bean \"" + beanOf(one.filter()) + "\""
                : said(chain))
            + " has a filter that Holdfast cannot look at, and that may take access tokens: "
            + type(one.filter())
            + ": "
            + one.why().getMessage(),
        "Let it hold a filter, and an AuthenticationManager, that is there when the application"
            + " starts, or name a singleton bean by new DelegatingFilterProxy(\"name\")"
            + (chain == null
                ? ", or remove it"
                : enforced
                    ? ", or take it out of the chain"
                    : ". If the chain's tokens are not Holdfast's business, " + exemption(chain)),
        one.why());
  }

  private String said(SecurityFilterChain chain) {
    return "The chain "
        + (names.containsKey(chain) ? "\"" + name(chain) + "\"" : "without a bean's name")
        + LookedAtChain.matcher(chain);
  }

  private String exemption(SecurityFilterChain chain) {
    return names.containsKey(chain)
        ? "set holdfast.tokens.chains-of-others=" + name(chain)
        : "make it a bean, and name it in holdfast.tokens.chains-of-others";
  }

  private static String type(Filter filter) {
    return filter.getClass().getName();
  }

  private String beanOf(Filter filter) {
    for (Map.Entry<String, Filter> bean : beans.filters().entrySet()) {
      if (bean.getValue() == filter) {
        return bean.getKey();
      }
    }
    return type(filter);
  }
}
