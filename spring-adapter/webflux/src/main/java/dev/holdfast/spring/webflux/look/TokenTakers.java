package dev.holdfast.spring.webflux.look;

import dev.holdfast.spring.webflux.held.HeldParts;
import dev.holdfast.spring.webflux.held.SpringProxies;
import dev.holdfast.spring.webflux.verification.springs.FilterParts;
import dev.holdfast.spring.webflux.verification.springs.HiddenField;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.SwitchUserWebFilter;
import org.springframework.security.web.server.context.ReactorContextWebFilter;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.WebFilter;

/**
 * Tells what a filter makes of access tokens. It is harmless only if it is known: Spring Security's
 * own parts for other credentials, by their very class, and what the application vouches for. No
 * part is tried out, because a trial does not show when a part reads a token, and from where.
 */
public final class TokenTakers {
  private static final int MOST_STEPS = 5;

  /** What makes a login of a token is looked for in a filter's fields, and in what these hold. */
  private static final int STEPS_TO_MAKERS = 2;

  private final Predicate<WebFilter> own;
  private final Predicate<SecurityWebFilterChain> checked;
  private final KnownParts known;

  /**
   * A look with this knowledge.
   *
   * @param own whether a filter is Holdfast's own
   * @param checked whether a chain has only filters that were looked at
   * @param vouched whether the application vouches for a class of its own
   */
  public TokenTakers(
      Predicate<WebFilter> own,
      Predicate<SecurityWebFilterChain> checked,
      Predicate<Class<?>> vouched) {
    this.own = own;
    this.checked = checked;
    this.known = new KnownParts(vouched);
  }

  /** What a filter makes of access tokens. */
  public enum Kind {
    /** It takes bearer tokens as Spring Security's resource server does: Holdfast can enforce. */
    TAKES_BEARER,
    /** It does, or may do, in a way that Holdfast cannot see. */
    UNSEEN,
    /** It keeps who is authenticated under another name in the session. */
    SWITCHES_USERS,
    /** It has no part in them. */
    OTHER
  }

  /**
   * What was found.
   *
   * @param kind what the filter does
   * @param what the filter, as a text names it after "has"
   */
  public record Finding(Kind kind, String what) {
    /** Whether it stops the start where nobody replaces the filter. */
    public boolean isForeign() {
      return kind == Kind.TAKES_BEARER || kind == Kind.UNSEEN;
    }
  }

  /** Whether it is Holdfast's own. */
  boolean isOwn(WebFilter filter) {
    return own.test(filter);
  }

  /** Whether the filters that a chain has now are those that it has later. */
  boolean keepsItsFilters(SecurityWebFilterChain chain) {
    return SpringProxies.behind(chain) instanceof SecurityWebFilterChain behind
        && (checked.test(behind) || ChainFilters.keepsItsFilters(behind));
  }

  /** What this filter does. */
  public Finding find(WebFilter filter) {
    return find(filter, MOST_STEPS);
  }

  /** What a decorator may put around the filters of all chains of a proxy. */
  Finding findAround(WebFilterChainProxy.WebFilterChainDecorator decorator) {
    String name = KnownParts.name(decorator);
    Object behind = SpringProxies.behind(decorator);
    if (behind == null) {
      return new Finding(Kind.UNSEEN, name + " whose target cannot be had at the start");
    }
    return known.isVouchedFor(behind)
        ? new Finding(Kind.OTHER, name)
        : ofHeld(behind, name, MOST_STEPS);
  }

  private Finding find(WebFilter seen, int steps) {
    String name = KnownParts.name(seen);
    if (isOwn(seen)) {
      return new Finding(Kind.OTHER, name);
    }
    Object filter = SpringProxies.behind(seen);
    if (filter == null) {
      return new Finding(Kind.UNSEEN, name + " whose target cannot be had at the start");
    }
    if (filter != seen) {
      name = name + " before " + KnownParts.name(filter);
    }
    if (filter instanceof AuthenticationWebFilter authenticating) {
      return authenticating(authenticating, name, filter == seen);
    }
    if (known.isVouchedFor(filter)) {
      return new Finding(Kind.OTHER, name);
    }
    if (filter instanceof SwitchUserWebFilter) {
      return new Finding(Kind.SWITCHES_USERS, name);
    }
    return filter instanceof ReactorContextWebFilter contexts
        ? ofRepository(contexts, name)
        : ofHeld(filter, name, steps);
  }

  private Finding authenticating(AuthenticationWebFilter filter, String name, boolean replaceable) {
    FilterParts parts = FilterParts.of(filter);
    Object converter = parts == null ? null : SpringProxies.behind(parts.converter());
    if (parts == null || converter == null) {
      return new Finding(Kind.UNSEEN, name + " whose parts cannot be read");
    }
    String what = name + " with " + KnownParts.name(converter);
    if (converter instanceof ServerBearerTokenAuthenticationConverter) {
      return replaceable && filter.getClass() == AuthenticationWebFilter.class
          ? new Finding(Kind.TAKES_BEARER, what)
          : new Finding(Kind.UNSEEN, what);
    }
    return known.isVouchedFor(filter)
            || known.isForOtherCredentials(converter)
            || KnownParts.isForPasswords(parts.managers())
        ? new Finding(Kind.OTHER, what)
        : new Finding(Kind.UNSEEN, what);
  }

  private Finding ofRepository(ReactorContextWebFilter filter, String name) {
    ServerSecurityContextRepository read =
        HiddenField.read(
            ReactorContextWebFilter.class, ServerSecurityContextRepository.class, filter);
    Object repository = read == null ? null : SpringProxies.behind(read);
    if (repository == null) {
      return new Finding(Kind.UNSEEN, name + " whose repository cannot be read");
    }
    return new Finding(
        known.isHarmlessRepository(repository) ? Kind.OTHER : Kind.UNSEEN,
        name + " with " + KnownParts.name(repository));
  }

  private Finding ofHeld(Object filter, String name, int steps) {
    if (HeldParts.isOfApplication(filter.getClass()) || Proxy.isProxyClass(filter.getClass())) {
      List<Object> makers =
          HeldParts.in(
              filter, STEPS_TO_MAKERS, this::mayMakeLogins, held -> !isConfiguration(held));
      if (!makers.isEmpty()) {
        return new Finding(Kind.UNSEEN, name + " that holds " + KnownParts.name(makers.get(0)));
      }
    }
    Kind worst = Kind.OTHER;
    for (Object held : HeldParts.in(filter, steps, TokenTakers::isFilterOrChain, held -> true)) {
      Finding inner = findIn(held, steps - 1);
      if (inner != null && inner.isForeign()) {
        return new Finding(Kind.UNSEEN, name + " that holds " + inner.what());
      }
      worst = inner != null && inner.kind() == Kind.SWITCHES_USERS ? inner.kind() : worst;
    }
    return new Finding(worst, name);
  }

  private boolean mayMakeLogins(Object held) {
    return KnownParts.isForTokens(held)
        || (held instanceof ServerSecurityContextRepository && !known.isHarmlessRepository(held));
  }

  /** It holds what its beans are made of, and a lambda in it holds it for any of its fields. */
  private static boolean isConfiguration(Object held) {
    return AnnotatedElementUtils.hasAnnotation(held.getClass(), Configuration.class);
  }

  private static boolean isFilterOrChain(Object held) {
    return held instanceof WebFilter || held instanceof SecurityWebFilterChain;
  }

  /** The first that stops the start, or otherwise the last; null where there is nothing. */
  private @Nullable Finding findIn(Object held, int steps) {
    if (steps < 0) {
      return null;
    }
    if (held instanceof WebFilterChainProxy proxy) {
      List<SecurityWebFilterChain> chains = ChainFilters.chains(proxy);
      return chains == null
          ? new Finding(Kind.UNSEEN, KnownParts.name(proxy) + " whose chains cannot be read")
          : first(chains, steps);
    }
    if (held instanceof SecurityWebFilterChain chain) {
      return keepsItsFilters(chain)
          ? first(ChainFilters.of(chain, "the chain " + chain), steps)
          : new Finding(
              Kind.UNSEEN, KnownParts.name(chain) + ", which may have other filters later");
    }
    return find((WebFilter) held, steps);
  }

  private @Nullable Finding first(List<?> several, int steps) {
    Finding last = null;
    for (Object one : several) {
      last = findIn(one, steps);
      if (last != null && last.isForeign()) {
        return last;
      }
    }
    return last;
  }
}
