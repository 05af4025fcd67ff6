package dev.holdfast.spring.webflux.verification;

import dev.holdfast.spring.webflux.verification.IssuersAuthentication.RuledOutException;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import reactor.core.publisher.Mono;

/**
 * An introspector over Holdfast's issuers and its cache, for a chain with {@code opaqueToken(...)}.
 * An enforced chain compares the token's binding itself. For whoever else asks, nobody does, so
 * that a bound token is refused.
 */
public final class IssuersIntrospector implements ReactiveOpaqueTokenIntrospector {
  private final IssuersAuthentication issuers;

  /** Over these issuers. */
  public IssuersIntrospector(IssuersAuthentication issuers) {
    this.issuers = issuers;
  }

  @Override
  public Mono<OAuth2AuthenticatedPrincipal> introspect(String token) {
    return issuers
        .unconverted(token)
        .map(IssuersIntrospector::principal)
        .onErrorMap(
            failure ->
                failure instanceof RuledOutException
                    ? new BadOpaqueTokenException("the token is not valid", failure)
                    : new OAuth2IntrospectionException("the issuer cannot be asked", failure));
  }

  /** What the issuers say of the token, whoever holds it. */
  Mono<Verified> verified(String token) {
    return issuers.verified(token);
  }

  /** A JWT's claims are its attributes. */
  static OAuth2AuthenticatedPrincipal principal(Authentication authentication) {
    if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal) {
      return principal;
    }
    if (authentication.getPrincipal() instanceof Jwt jwt) {
      return new OAuth2IntrospectionAuthenticatedPrincipal(
          jwt.getClaims(), List.copyOf(authentication.getAuthorities()));
    }
    throw new RuledOutException("nothing is known of the token");
  }
}
