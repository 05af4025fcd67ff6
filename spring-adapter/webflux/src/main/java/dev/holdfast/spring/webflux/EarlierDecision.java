package dev.holdfast.spring.webflux;

import dev.holdfast.Decision;
import dev.holdfast.EnforcementPolicy;
import dev.holdfast.PresentedToken;
import dev.holdfast.Question;
import dev.holdfast.Requirement;
import dev.holdfast.Sha256Digest;
import dev.holdfast.spring.webflux.verification.springs.FilterParts;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What was decided about an exchange, kept with it: an exchange may come back, because a filter
 * tries again or sends it on to another path, and a proof is spent once. The decision holds for the
 * same token in the same chain where no more is demanded. Otherwise the exchange is decided anew.
 *
 * @param allowed the decision
 * @param authentication what the chain made of the token
 * @param token the token's digest
 * @param pass what it was taken for
 */
record EarlierDecision(
    Decision.Allowed allowed, Authentication authentication, Sha256Digest token, Pass pass) {
  private static final String NAME = EarlierDecision.class.getName();

  /**
   * An exchange on its way through a chain.
   *
   * @param question what is presented and demanded
   * @param request as the chain sees it
   * @param chain which chain it is
   * @param parts what verifies the token there
   */
  record Pass(Question question, ServerHttpRequest request, Object chain, FilterParts parts) {
    @Nullable PresentedToken token() {
      return question.presentation() instanceof PresentedToken token ? token : null;
    }

    /** Whether nothing but the token decides who verifies it, and how. */
    boolean verifiesByTokenAlone() {
      String managers = parts.managers().getClass().getName();
      return parts.converter().getClass() == ServerBearerTokenAuthenticationConverter.class
          && (managers.startsWith(AuthenticationWebFilter.class.getName() + "$$Lambda")
              || managers.startsWith(HoldfastIssuers.class.getName() + "$$Lambda")
              || managers.equals(JwtIssuerReactiveAuthenticationManagerResolver.class.getName()));
    }
  }

  /** What was decided for this pass, about its token. */
  static EarlierDecision of(Pass pass, Decision.Allowed allowed, Authentication authentication) {
    PresentedToken token = pass.token();
    if (token == null) {
      throw new IllegalStateException("a token was allowed that nobody presented");
    }
    return new EarlierDecision(allowed, authentication, token.digest(), pass);
  }

  /** The one that is kept with the exchange, or null. */
  static @Nullable EarlierDecision of(ServerWebExchange exchange) {
    return exchange.getAttributes().get(NAME) instanceof EarlierDecision earlier ? earlier : null;
  }

  /** Keeps it, and tells the application what was allowed. */
  void note(ServerWebExchange exchange) {
    Map<String, Object> attributes = exchange.getAttributes();
    attributes.put(NAME, this);
    attributes.put(HoldfastAttributes.ACCESS_TOKEN, allowed.token());
    if (allowed.binding() == null) {
      attributes.remove(HoldfastAttributes.BINDING);
    } else {
      attributes.put(HoldfastAttributes.BINDING, allowed.binding());
    }
  }

  /** Nothing of it is true of what comes now. */
  static void forget(ServerWebExchange exchange) {
    Map<String, Object> attributes = exchange.getAttributes();
    attributes.remove(NAME);
    attributes.remove(HoldfastAttributes.ACCESS_TOKEN);
    attributes.remove(HoldfastAttributes.BINDING);
  }

  /** Whether the same would be decided now. */
  boolean holdsFor(Pass now, EnforcementPolicy policy) {
    PresentedToken presented = now.token();
    if (presented == null
        || now.chain() != pass.chain()
        || presented.scheme() != allowed.scheme()
        || !presented.digest().equals(token)) {
      return false;
    }
    Requirement known = now.question().requirement();
    Requirement demanded =
        known != null
            ? known
            : policy.afterVerification(now.question().evidence(), allowed.token().issuer());
    return allowed.requirement().stricterOf(demanded).equals(allowed.requirement())
        && ((pass.verifiesByTokenAlone() && now.verifiesByTokenAlone()) || isSame(now.request()));
  }

  /** As far as a converter or a choice of managers may look. */
  private boolean isSame(ServerHttpRequest request) {
    ServerHttpRequest before = pass.request();
    return before == request
        || (before.getMethod().equals(request.getMethod())
            && before.getURI().equals(request.getURI())
            && before.getHeaders().equals(request.getHeaders()));
  }

  /** The context of everything behind it. */
  Context within(Context context) {
    return context.put(NAME, this);
  }

  /** Whether this is behind it, so that the security context is there. */
  boolean isScopeOf(ContextView context) {
    return context.getOrDefault(NAME, null) == this;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "EarlierDecision[" + token + ']';
  }
}
