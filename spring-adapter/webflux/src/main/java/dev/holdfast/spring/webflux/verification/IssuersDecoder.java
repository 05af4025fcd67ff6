package dev.holdfast.spring.webflux.verification;

import dev.holdfast.spring.webflux.verification.IssuersAuthentication.RuledOutException;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * A decoder over Holdfast's issuers, for a chain with {@code jwt(...)}. An enforced chain compares
 * the token's binding itself. For whoever else asks, nobody does, so that a bound token is refused.
 */
public final class IssuersDecoder implements ReactiveJwtDecoder {
  private final IssuersAuthentication issuers;
  private final OAuth2TokenValidator<Jwt> validators;

  /**
   * Over these issuers.
   *
   * @param validators what the application demands beside
   */
  public IssuersDecoder(IssuersAuthentication issuers, List<OAuth2TokenValidator<Jwt>> validators) {
    this.issuers = issuers;
    this.validators = new DelegatingOAuth2TokenValidator<>(validators);
  }

  @Override
  public Mono<Jwt> decode(String token) {
    return issuers
        .unconverted(token)
        .map(this::jwt)
        .onErrorMap(
            failure ->
                failure instanceof RuledOutException
                    ? new BadJwtException("the token is not valid", failure)
                    : new JwtException("the issuer cannot be asked", failure));
  }

  /** What the issuers say of the token, whoever holds it. */
  Mono<Verified> verified(String token) {
    return issuers.verified(token);
  }

  /** The token in it, when it is a JWT and the application's own validators take it. */
  Jwt jwt(Authentication authentication) {
    if (!(authentication.getPrincipal() instanceof Jwt jwt)) {
      throw new RuledOutException("it is no JWT");
    }
    if (validators.validate(jwt).hasErrors()) {
      throw new RuledOutException("a validator of the application refuses the token");
    }
    return jwt;
  }
}
