package dev.holdfast.spring.webflux;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.look.ChainFilters;
import dev.holdfast.spring.webflux.look.TokenTakers;
import dev.holdfast.spring.webflux.look.UnenforcedTokensException;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import dev.holdfast.spring.webflux.verification.Advice;
import dev.holdfast.spring.webflux.verification.ChainVerification;
import dev.holdfast.spring.webflux.verification.FilterParts;
import dev.holdfast.spring.webflux.verification.ManagerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.WebFilter;

/**
 * Puts Holdfast's filter in the place of each chain's own for bearer tokens, as soon as the chain
 * is made. A chain that takes no tokens stays as it is.
 */
final class ChainEnforcement implements BeanPostProcessor, Ordered {
  private final ObjectProvider<BindingEnforcer> enforcer;
  private final ObjectProvider<EvidenceSource> source;
  private final ObjectProvider<Assembly> assembly;
  private final ObjectProvider<SessionGuard> sessions;

  ChainEnforcement(
      ObjectProvider<BindingEnforcer> enforcer,
      ObjectProvider<EvidenceSource> source,
      ObjectProvider<Assembly> assembly,
      ObjectProvider<SessionGuard> sessions) {
    this.enforcer = enforcer;
    this.source = source;
    this.assembly = assembly;
    this.sessions = sessions;
  }

  /** After the application's own, so that it replaces what they made. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof SecurityWebFilterChain chain ? enforced(chain, name) : bean;
  }

  private SecurityWebFilterChain enforced(SecurityWebFilterChain chain, String name) {
    String called = "the SecurityWebFilterChain bean " + name;
    List<WebFilter> filters = ChainFilters.of(chain, called);
    List<WebFilter> enforced = new ArrayList<>();
    Object identity = new Object();
    boolean takes = false;
    boolean switches = false;
    for (WebFilter filter : filters) {
      TokenTakers.Kind kind = TokenTakers.kind(filter);
      if (kind == TokenTakers.Kind.UNSEEN) {
        throw unseen(called, filter);
      }
      boolean replaced = kind == TokenTakers.Kind.TAKES_BEARER;
      takes |= replaced;
      switches |= kind == TokenTakers.Kind.SWITCHES_USERS;
      enforced.add(replaced ? replacement((AuthenticationWebFilter) filter, identity) : filter);
    }
    if (!takes) {
      return chain;
    }
    if (switches) {
      throw new UnenforcedTokensException(
          capitalized(called)
              + " takes access tokens and has a SwitchUserWebFilter, which would keep in the"
              + " session what a token authenticated: the cookie would be a login without the"
              + " token's key",
          "Put the SwitchUserWebFilter into a chain of its own, without oauth2ResourceServer");
    }
    exemptFromCsrf(filters, called);
    return chain instanceof Ordered ordered
        ? new OrderedChain(chain, enforced, ordered.getOrder())
        : new EnforcedChain(chain, enforced);
  }

  /** The same requests as the original's, with these filters. */
  private static class EnforcedChain extends MatcherSecurityWebFilterChain {
    EnforcedChain(SecurityWebFilterChain original, List<WebFilter> filters) {
      super(
          exchange ->
              original
                  .matches(exchange)
                  .flatMap(matches -> matches ? MatchResult.match() : MatchResult.notMatch()),
          List.copyOf(filters));
    }
  }

  /** One that says itself where it stands; of others their bean's definition says it. */
  private static final class OrderedChain extends EnforcedChain implements Ordered {
    private final int order;

    OrderedChain(SecurityWebFilterChain original, List<WebFilter> filters, int order) {
      super(original, filters);
      this.order = order;
    }

    @Override
    public int getOrder() {
      return order;
    }
  }

  private static UnenforcedTokensException unseen(String called, WebFilter filter) {
    return new UnenforcedTokensException(
        capitalized(called)
            + " has a "
            + filter.getClass().getName()
            + " with "
            + TokenTakers.converterOf(filter)
            + ", which takes access tokens or may do so, and Holdfast cannot see how",
        "Let oauth2ResourceServer of the chain take the tokens, with a subclass of"
            + " ServerBearerTokenAuthenticationConverter if you need a converter of your own");
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private EnforcedTokenFilter replacement(AuthenticationWebFilter original, Object chain) {
    return new EnforcedTokenFilter(
        original,
        Objects.requireNonNull(FilterParts.of(original), "it was looked at before"),
        chain,
        enforcer.getObject(),
        source.getObject(),
        sessions.getObject(),
        new ChainVerification.Rules(
            new ManagerView(), assembly.getObject().settings().tokens().clockSkew(), new Advice()));
  }

  private void exemptFromCsrf(List<WebFilter> filters, String called) {
    List<String> schemes =
        enforcer.getObject().mechanisms().stream()
            .filter(mechanism -> mechanism.method().hasOwnScheme())
            .map(mechanism -> mechanism.method().scheme() + " ")
            .toList();
    CsrfExemption exemption = new CsrfExemption(schemes);
    for (WebFilter filter : filters) {
      if (filter instanceof CsrfWebFilter csrf && !schemes.isEmpty() && !exemption.applyTo(csrf)) {
        throw new UnenforcedTokensException(
            "Holdfast cannot exempt requests with a proof of their key from the CSRF protection of "
                + called,
            "Switch it off with csrf(csrf -> csrf.disable()), or take a version of Spring Security"
                + " that this version of Holdfast is made for");
      }
    }
  }
}
