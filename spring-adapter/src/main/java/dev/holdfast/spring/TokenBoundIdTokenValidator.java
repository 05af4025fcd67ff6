package dev.holdfast.spring;

import dev.holdfast.RequestEvidence;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier;
import dev.holdfast.tokenbinding.TokenBindings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Checks, at a relying party ({@code oauth2Login()}), that an ID token is bound to the Token
 * Binding that the browser provides on this connection. An ID token that was stolen on its way
 * signs nobody in.
 *
 * <p>The connection is that of the current request, which Spring keeps in {@link
 * RequestContextHolder}: there is none on another thread, and then the ID token is refused. It
 * takes its place among the validators of an {@code OidcIdTokenDecoderFactory}, beside those for
 * signature, issuer, audience and times:
 *
 * <pre>{@code
 * factory.setJwtValidatorFactory(registration -> new DelegatingOAuth2TokenValidator<>(
 *     new JwtTimestampValidator(), new OidcIdTokenValidator(registration), tokenBound));
 * }</pre>
 *
 * @see <a href="https://openid.net/specs/openid-connect-token-bound-authentication-1_0.html">OpenID
 *     Connect Token Bound Authentication 1.0</a>
 */
public final class TokenBoundIdTokenValidator implements OAuth2TokenValidator<Jwt> {
  private static final String ERROR_CODE = "invalid_id_token";

  private final IdTokenBindingVerifier verifier;
  private final TokenBindings bindings;
  private final Function<HttpServletRequest, RequestEvidence> evidence;

  /**
   * A validator.
   *
   * @param verifier says whether an unbound ID token passes
   * @param bindings which Token Bindings a request's evidence establishes
   * @param evidence of a request
   */
  public TokenBoundIdTokenValidator(
      IdTokenBindingVerifier verifier,
      TokenBindings bindings,
      Function<HttpServletRequest, RequestEvidence> evidence) {
    this.verifier = verifier;
    this.bindings = bindings;
    this.evidence = evidence;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt idToken) {
    if (!(RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes current)) {
      return refused("there is no current request to compare the id token's binding with");
    }
    RequestEvidence facts = evidence.apply(current.getRequest());
    IdTokenBindingVerifier.Verdict verdict =
        verifier.verify(idToken.getClaims(), bindings.of(facts));
    if (verdict instanceof IdTokenBindingVerifier.Confirmed
        || verdict instanceof IdTokenBindingVerifier.NotBound) {
      return OAuth2TokenValidatorResult.success();
    }
    return refused(
        verdict instanceof IdTokenBindingVerifier.Refused refused
            ? refused.rule()
            : "the id token's binding is not confirmed");
  }

  private static OAuth2TokenValidatorResult refused(String rule) {
    return OAuth2TokenValidatorResult.failure(new OAuth2Error(ERROR_CODE, rule, null));
  }
}
