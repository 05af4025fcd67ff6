package dev.holdfast.spring.issuers;

import dev.holdfast.AccessToken;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.spring.scope.AllowedToken;
import dev.holdfast.spring.scope.PolicyOff;
import dev.holdfast.spring.scope.VerificationScope;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.JwtValidators;

/**
 * Spring Security's {@code JwtDecoder} over Holdfast's issuers and cache. Claims have the types
 * that Spring's own conversion gives them; the application's {@code OAuth2TokenValidator<Jwt>}
 * beans run on every call.
 *
 * <p>A filter that Holdfast enforces calls it and compares the binding afterwards. Whoever else
 * calls it, a controller or a message interceptor, has nobody who compares: a token with a {@code
 * cnf} is refused there, unless Holdfast has allowed this very token for the current request, or
 * its only demand is a certificate that Spring Security's own validator finds in the request. Where
 * the policy is {@code off} it answers as Spring's own decoder would.
 */
public final class HoldfastJwtDecoder implements JwtDecoder {
  /** Who compares a certificate's thumbprint where Holdfast does not. */
  public enum OutsideEnforcement {
    /** Spring Security, as it would with its own decoder. */
    SPRING,
    /** Nobody: the chain is Holdfast's own, and its policy is {@code off} there. */
    NOBODY
  }

  private final TokenDesk desk;
  private final OutsideEnforcement outside;
  private final List<OAuth2TokenValidator<Jwt>> validators;
  private final ConvertedJwts converted = new ConvertedJwts();

  public HoldfastJwtDecoder(
      TokenDesk desk, List<OAuth2TokenValidator<Jwt>> validators, OutsideEnforcement outside) {
    this.desk = desk;
    this.outside = outside;
    this.validators = List.copyOf(validators);
  }

  @Override
  public Jwt decode(String token) throws JwtException {
    AccessToken verified;
    try {
      verified = desk.require(token);
    } catch (TokenDesk.InvalidTokenException invalid) {
      throw new BadJwtException("the token is not valid here", invalid);
    } catch (IssuerUnavailableException unavailable) {
      throw new JwtException("the token's issuer cannot be asked", unavailable);
    }
    Jwt jwt;
    try {
      jwt = converted.of(token, verified);
    } catch (IllegalArgumentException | IllegalStateException unlikely) {
      throw new BadJwtException("the token's claims do not fit together", unlikely);
    }
    if (jwt == null) {
      throw new BadJwtException("the token is not a JWT");
    }
    validators.forEach(validator -> require(validator.validate(jwt)));
    if (outside == OutsideEnforcement.SPRING
        && VerificationScope.current() == null
        && !AllowedToken.is(token)) {
      if (!PolicyOff.isHere() && TokenDesk.demandsMoreThanACertificate(verified)) {
        throw new BadJwtException("the token is bound, and nobody confirms the binding here");
      }
      require(springsOwn(jwt).validate(jwt));
    }
    return jwt;
  }

  /** Spring's default validators; the types that are taken here were checked already. */
  private static OAuth2TokenValidator<Jwt> springsOwn(Jwt jwt) {
    Object type = jwt.getHeaders().get("typ");
    JwtTypeValidator types = new JwtTypeValidator(List.of(type == null ? "JWT" : type.toString()));
    types.setAllowEmpty(true);
    return JwtValidators.createDefaultWithValidators(List.of(types));
  }

  private static void require(OAuth2TokenValidatorResult result) {
    if (result.hasErrors()) {
      throw new JwtValidationException("the token is not valid here", result.getErrors());
    }
  }
}
