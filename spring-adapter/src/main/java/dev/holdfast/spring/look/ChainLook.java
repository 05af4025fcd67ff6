package dev.holdfast.spring.look;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.EnforcedBearerTokenFilter;
import dev.holdfast.spring.held.HeldObjects;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.web.context.WebApplicationContext;

/**
 * Looks at what really stands in the way of a request, once everything that stands there has been
 * made, and before a server takes requests: a filter that takes access tokens and is not Holdfast's
 * stops the start. The context of a management port is looked at before its own server takes
 * requests. Of other contexts below it looks at what they have of their own as soon as they are
 * there.
 */
public final class ChainLook
    implements SmartInitializingSingleton,
        ApplicationListener<ContextRefreshedEvent>,
        ApplicationContextAware {
  private final Assembly assembly;
  private final Set<String> others;
  private final boolean hasBoundCookies;
  private final OtherProtocols protocols;
  private final List<LookedAtChain> chains = new ArrayList<>();
  private final Set<Object> lookedAt = HeldObjects.newIdentitySet();
  private ApplicationContext context;

  @SuppressWarnings("NullAway.Init") // the context is set before anything else
  public ChainLook(Assembly assembly, Set<String> others, boolean hasBoundCookies) {
    this.assembly = assembly;
    this.others = Set.copyOf(others);
    this.hasBoundCookies = hasBoundCookies;
    this.protocols = new OtherProtocols(this.others);
  }

  @Override
  public void setApplicationContext(ApplicationContext context) {
    this.context = context;
  }

  @Override
  public void afterSingletonsInstantiated() {
    look(context);
    if (chains.stream().noneMatch(LookedAtChain::isEnforced) && others.isEmpty()) {
      requirePurpose();
    }
  }

  /** Looks at this context and those above, and remembers what it has seen. */
  public void look(ApplicationContext where) {
    for (LookedAtChain chain : new FilterSearch(where, others).chains()) {
      if (lookedAt.add(chain.identity())) {
        chains.add(chain);
        chain.identity().getFilters().stream()
            .filter(EnforcedBearerTokenFilter.class::isInstance)
            .map(EnforcedBearerTokenFilter.class::cast)
            .forEach(EnforcedBearerTokenFilter::watchIntrospectors);
      }
    }
    lookBesideServlets(where);
  }

  /** An application that only binds its cookies takes no tokens of Holdfast's anywhere. */
  private void lookBesideServlets(ApplicationContext where) {
    if (assembly.hasIssuers() || chains.stream().anyMatch(LookedAtChain::isEnforced)) {
      protocols.refuseIn(where);
    }
  }

  private void requirePurpose() {
    if (assembly.hasIssuers()) {
      throw new UnenforcedTokensException(
          "Issuers of access tokens are configured, and Holdfast enforces nothing. "
              + "Not covered: "
              + StartLine.notCovered(chains),
          "Give the SecurityFilterChain that serves your API an oauth2ResourceServer(...) or"
              + " http.with(HoldfastConfigurer.holdfast(), withDefaults()), or remove the settings"
              + " of the issuers, or name in holdfast.tokens.chains-of-others the chain that takes"
              + " their tokens without Holdfast");
    }
    if (!hasBoundCookies) {
      throw new UnenforcedTokensException(
          "Holdfast is here and enforces nothing: no chain takes access tokens, and under"
              + " holdfast.tokens.issuers no issuer is configured",
          "Set holdfast.tokens.issuers[0].issuer to the issuer of your access tokens, or Boot's"
              + " spring.security.oauth2.resourceserver.jwt.issuer-uri, or give a"
              + " SecurityFilterChain its oauth2ResourceServer. Where a test loads a part of the"
              + " application only, such as @WebMvcTest, @Import the configuration of its chains");
    }
  }

  /** Contexts below tell their parents of it; what they have is complete by then. */
  @Override
  public void onApplicationEvent(ContextRefreshedEvent refreshed) {
    ApplicationContext where = refreshed.getApplicationContext();
    if (where != context) {
      if (where instanceof WebApplicationContext) {
        look(where);
      } else {
        lookBesideServlets(where);
      }
      return;
    }
    Set<String> unknown = new LinkedHashSet<>(others);
    chains.forEach(chain -> unknown.remove(chain.name()));
    unknown.removeAll(protocols.leftAlone());
    if (!unknown.isEmpty()) {
      throw StartLine.unknownChain(unknown.iterator().next(), chains);
    }
    UnaskedIssuers unasked = new UnaskedIssuers(context, assembly);
    StartLine line = new StartLine(assembly, chains, unasked::isAsked);
    line.log();
    if (chains.stream().anyMatch(LookedAtChain::isEnforced)) {
      unasked.log();
    }
    line.logWhereOff();
    ElsewhereWarning.log(chains);
    ChainSessions.log(chains);
    ServerWarnings.log(context.getEnvironment(), assembly);
  }
}
