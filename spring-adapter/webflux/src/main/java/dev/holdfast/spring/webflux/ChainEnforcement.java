package dev.holdfast.spring.webflux;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.configuration.reading.SpringSettings.AttributesWithoutCnf;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.evidence.MetadataPlace;
import dev.holdfast.spring.webflux.look.ChainFilters;
import dev.holdfast.spring.webflux.look.ElsewhereTokens;
import dev.holdfast.spring.webflux.look.TokenTakers;
import dev.holdfast.spring.webflux.look.UnenforcedTokensException;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import dev.holdfast.spring.webflux.verification.Advice;
import dev.holdfast.spring.webflux.verification.ManagerView;
import dev.holdfast.spring.webflux.verification.VerificationRules;
import dev.holdfast.spring.webflux.verification.springs.FilterParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * Puts Holdfast's filter in the place of each chain's own for bearer tokens, as soon as the chain
 * is made. A chain of others stays as it is.
 */
final class ChainEnforcement implements BeanPostProcessor, Ordered {
  private final ObjectProvider<BindingEnforcer> enforcer;
  private final ObjectProvider<EvidenceSource> source;
  private final ObjectProvider<Assembly> assembly;
  private final ObjectProvider<SessionGuard> sessions;
  private final ObjectProvider<ChainsOfOthers> others;
  private final ObjectProvider<SpringSettings> settings;
  private final TokenTakers takers = OwnFilters.takers();

  ChainEnforcement(
      ObjectProvider<BindingEnforcer> enforcer,
      ObjectProvider<EvidenceSource> source,
      ObjectProvider<Assembly> assembly,
      ObjectProvider<SessionGuard> sessions,
      ObjectProvider<ChainsOfOthers> others,
      ObjectProvider<SpringSettings> settings) {
    this.enforcer = enforcer;
    this.source = source;
    this.assembly = assembly;
    this.sessions = sessions;
    this.others = others;
    this.settings = settings;
  }

  /** After the application's own, so that it replaces what they made. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof SecurityWebFilterChain chain && !names().contains(name)
        ? enforced(chain, "the SecurityWebFilterChain bean " + name)
        : bean;
  }

  private Set<String> names() {
    return ChainsOfOthers.namesIn(others);
  }

  private SecurityWebFilterChain enforced(SecurityWebFilterChain chain, String called) {
    List<WebFilter> filters = ChainFilters.of(chain, called);
    List<WebFilter> enforced = new ArrayList<>();
    Object identity = new Object();
    boolean takes = false;
    boolean switches = false;
    for (WebFilter filter : filters) {
      TokenTakers.Finding found = takers.find(filter);
      if (found.kind() == TokenTakers.Kind.UNSEEN) {
        throw UnenforcedTokensException.of(
            capitalized(called),
            found.what(),
            "Let oauth2ResourceServer of the chain take the tokens, with a subclass of"
                + " ServerBearerTokenAuthenticationConverter if you need a converter of your own");
      }
      boolean replaced = found.kind() == TokenTakers.Kind.TAKES_BEARER;
      takes |= replaced;
      switches |= found.kind() == TokenTakers.Kind.SWITCHES_USERS;
      enforced.add(
          replaced ? replacement((AuthenticationWebFilter) filter, identity, called) : filter);
    }
    if (takes && switches) {
      throw new UnenforcedTokensException(
          capitalized(called)
              + " takes access tokens and has a SwitchUserWebFilter, which would keep in the"
              + " session what a token authenticated: the cookie would be a login without the"
              + " token's key",
          "Put the SwitchUserWebFilter into a chain of its own, without oauth2ResourceServer");
    }
    if (takes) {
      exemptFromCsrf(filters, called);
    }
    return CheckedChain.of(chain, called, filters, enforced);
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private EnforcedTokenFilter replacement(
      AuthenticationWebFilter original, Object chain, String called) {
    FilterParts parts = Objects.requireNonNull(FilterParts.of(original), "it was looked at before");
    ElsewhereTokens.warnOf(parts.converter(), capitalized(called));
    return new EnforcedTokenFilter(
        original,
        parts,
        chain,
        enforcer.getObject(),
        source.getObject(),
        new MetadataPlace(assembly.getObject(), source.getObject()),
        sessions.getObject(),
        new VerificationRules(
            new ManagerView(),
            assembly.getObject().settings().tokens().clockSkew(),
            withoutCnf(),
            new Advice()));
  }

  private AttributesWithoutCnf withoutCnf() {
    SpringSettings written = settings.getIfAvailable();
    return written == null ? AttributesWithoutCnf.REFUSE : written.tokens().attributesWithoutCnf();
  }

  private boolean isOff(ServerWebExchange exchange) {
    EvidenceSource evidence = source.getObject();
    return EnforcedTokenFilter.isOff(
        enforcer.getObject().question(evidence.evidence(evidence.admit(exchange))).requirement());
  }

  private void exemptFromCsrf(List<WebFilter> filters, String called) {
    List<String> schemes =
        enforcer.getObject().mechanisms().stream()
            .filter(mechanism -> mechanism.method().hasOwnScheme())
            .map(mechanism -> mechanism.method().scheme() + " ")
            .toList();
    CsrfExemption exemption = new CsrfExemption(schemes, this::isOff);
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
