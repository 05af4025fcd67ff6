package dev.holdfast.spring.webflux;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.webflux.verification.IssuersAuthentication;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The issuers of {@code holdfast.tokens.issuers}, for a chain whose tokens Holdfast verifies: pass
 * {@link #resolver} to {@code oauth2ResourceServer(...)}. JWTs become a {@code
 * JwtAuthenticationToken}, opaque tokens a {@code BearerTokenAuthentication}.
 *
 * <p>It is deliberately no {@code ReactiveAuthenticationManager}: Spring Security would take a bean
 * of that type for form logins and passwords too.
 */
public final class HoldfastIssuers {
  private final ReactiveAuthenticationManager manager;

  HoldfastIssuers(Assembly assembly) {
    this.manager = new IssuersAuthentication(assembly.tokens());
  }

  /** For {@code authenticationManagerResolver(...)} of a chain's resource server. */
  public ReactiveAuthenticationManagerResolver<ServerWebExchange> resolver() {
    return exchange -> Mono.just(manager);
  }
}
