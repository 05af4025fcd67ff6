package dev.holdfast.spring.webflux;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.webflux.verification.IssuersAuthentication;
import dev.holdfast.spring.webflux.verification.IssuersDecoder;
import dev.holdfast.spring.webflux.verification.IssuersIntrospector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The issuers of {@code holdfast.tokens.issuers}, for a chain whose tokens Holdfast verifies: pass
 * {@link #resolver} to {@code oauth2ResourceServer(...)}. JWTs become a {@code
 * JwtAuthenticationToken}, opaque tokens a {@code BearerTokenAuthentication}, or what a bean of the
 * type {@code ReactiveJwtAuthenticationConverter} or {@code
 * ReactiveOpaqueTokenAuthenticationConverter} makes of them.
 *
 * <p>It is deliberately no {@code ReactiveAuthenticationManager}: Spring Security would take a bean
 * of that type for form logins and passwords too.
 */
public final class HoldfastIssuers {
  private final IssuersAuthentication manager;

  /**
   * Over the issuers of the settings.
   *
   * @param jwts what the application makes of a JWT, or null
   * @param opaqueTokens the same of another token
   */
  HoldfastIssuers(
      Assembly assembly,
      @Nullable ReactiveJwtAuthenticationConverter jwts,
      @Nullable ReactiveOpaqueTokenAuthenticationConverter opaqueTokens) {
    this.manager = new IssuersAuthentication(assembly.tokens(), jwts, opaqueTokens);
  }

  /** For {@code authenticationManagerResolver(...)} of a chain's resource server. */
  public ReactiveAuthenticationManagerResolver<ServerWebExchange> resolver() {
    return exchange -> Mono.just(manager);
  }

  /**
   * For {@code jwt(...)} of a chain's resource server. Asked by anybody else, it refuses a bound
   * token, because nobody compares its key there.
   *
   * @param validators what the application demands of a token beside
   */
  public IssuersDecoder jwtDecoder(List<OAuth2TokenValidator<Jwt>> validators) {
    return new IssuersDecoder(manager, validators);
  }

  /** For {@code opaqueToken(...)} of a chain's resource server, with the same rule. */
  public IssuersIntrospector introspector() {
    return new IssuersIntrospector(manager);
  }
}
