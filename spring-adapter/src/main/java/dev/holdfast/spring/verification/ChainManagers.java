package dev.holdfast.spring.verification;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.held.HiddenField;
import dev.holdfast.spring.held.TokenReaders;
import dev.holdfast.spring.scope.VerificationScope;
import dev.holdfast.spring.witness.ChainKind;
import dev.holdfast.spring.witness.HeldIntrospectors;
import dev.holdfast.spring.witness.WatchedIntrospector;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;

/**
 * A chain's own verification of tokens that came under {@code DPoP}. Spring Security's bearer
 * filter refuses each of them when they are good (RFC 9449 section 7.2 wants that for {@code
 * Bearer}), so that its authentication manager is asked without it. The filter shows it to nobody:
 * it is read from the filter's field.
 */
public final class ChainManagers {
  private final AuthenticationManagerResolver<HttpServletRequest> resolver;
  private final @Nullable AuthenticationConverter converter;
  private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

  private ChainManagers(
      AuthenticationManagerResolver<HttpServletRequest> resolver,
      @Nullable AuthenticationConverter converter) {
    this.resolver = resolver;
    this.converter = converter;
  }

  /**
   * The managers of this filter.
   *
   * @throws InvalidSettingException when it is another filter than the known one
   */
  public static ChainManagers of(BearerTokenAuthenticationFilter filter) {
    ChainManagers managers = find(filter);
    if (managers == null) {
      throw FrameworkRefusals.unknownVersion();
    }
    return managers;
  }

  /** The same, or null when it is another filter than the known one. */
  @SuppressWarnings("unchecked") // the field's own type argument
  public static @Nullable ChainManagers find(BearerTokenAuthenticationFilter filter) {
    AuthenticationManagerResolver<HttpServletRequest> resolver =
        HiddenField.read(
            BearerTokenAuthenticationFilter.class, AuthenticationManagerResolver.class, filter);
    return resolver == null ? null : new ChainManagers(resolver, TokenReaders.of(filter));
  }

  /** By what the chain verifies this request's token. */
  ChainKind kind(IsolatedRequest request) {
    return ChainKind.of(resolver.resolve(request));
  }

  /** From now on it is seen what the issuer answers to the chain's introspectors. */
  public void watchIntrospectors() {
    HeldIntrospectors.in(resolver).forEach(WatchedIntrospector::watch);
  }

  /** See {@link ThumbprintChecks}; says whether another try is worth it. */
  boolean leaveThumbprintsToHoldfast() {
    return ThumbprintChecks.leaveToHoldfast(resolver);
  }

  /** Whether the chain's own converter finds a token, or refuses what it finds. */
  public boolean findToken(HttpServletRequest request) {
    try {
      return converter != null && converter.convert(request) != null;
    } catch (AuthenticationException refused) {
      return true;
    }
  }

  /**
   * Whether the chain's own converter refuses the request, or takes another token from somewhere
   * else in it: as the filter, which is passed over, would have seen. The scope then knows.
   */
  boolean refusesOrTakesAnother(IsolatedRequest request, String token, VerificationScope scope) {
    try {
      if (converter == null
          || !(converter.convert(request) instanceof BearerTokenAuthenticationToken taken)
          || taken.getToken().equals(token)) {
        return false;
      }
      scope.sawFailure(new InvalidBearerTokenException("the request has another token elsewhere"));
    } catch (AuthenticationException refused) {
      scope.sawFailure(refused);
    }
    return true;
  }

  /**
   * What the chain makes of the token, or null when it refuses it; the scope then knows why.
   *
   * @throws AuthenticationServiceException when it cannot tell
   */
  @Nullable Authentication authenticate(
      IsolatedRequest request, String token, VerificationScope scope) {
    AuthenticationManager manager = resolver.resolve(request);
    BearerTokenAuthenticationToken bearer = new BearerTokenAuthenticationToken(token);
    bearer.setDetails(details.buildDetails(request));
    try {
      return manager.authenticate(bearer);
    } catch (AuthenticationServiceException outage) {
      throw outage;
    } catch (AuthenticationException refused) {
      scope.sawFailure(refused);
      return null;
    }
  }
}
