package dev.holdfast.spring.scope;

import dev.holdfast.Decision;
import dev.holdfast.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * A refusal as an exception of Spring Security's. What goes out is one constant text for each error
 * code, as in the challenge; what stays in says the rule.
 */
public final class PublicReasons {
  private PublicReasons() {}

  /** For an entry point, which may write it into a body: it tells nobody what was wrong. */
  public static AuthenticationException outside(Refusal refusal) {
    if (refusal == Refusal.NO_CREDENTIALS) {
      return new InsufficientAuthenticationException(refusal.text());
    }
    String error = refusal.error();
    if (error == null) {
      return new AuthenticationServiceException("the request cannot be decided now");
    }
    String description = String.valueOf(refusal.description());
    return error.equals("invalid_token")
        ? new InvalidBearerTokenException(description)
        : new OAuth2AuthenticationException(
            new BearerTokenError(error, HttpStatus.valueOf(refusal.status()), description, null));
  }

  /** For an event: of a class for which Spring Security publishes one. */
  public static AuthenticationException inside(Decision.Refused refused) {
    String text = refused.refusal().text();
    String reason = refused.detail().equals(text) ? text : text + " (" + refused.detail() + ")";
    return refused.refusal().status() == HttpStatus.SERVICE_UNAVAILABLE.value()
        ? new AuthenticationServiceException(reason)
        : new InvalidBearerTokenException(reason);
  }
}
