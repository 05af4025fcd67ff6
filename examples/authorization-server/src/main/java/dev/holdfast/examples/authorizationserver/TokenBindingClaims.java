package dev.holdfast.examples.authorizationserver;

import dev.holdfast.Sha256Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Binds access tokens to the client's Token Binding: to the referred one, which the client uses
 * with the API, or to the provided one where it referred to none. A client that refers to a key of
 * a kind that is not supported gets no token.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-token-binding-08#section-3">OAuth
 *     2.0 Token Binding, section 3</a>
 */
final class TokenBindingClaims {
  private static final String CONFIRMATION = "cnf";

  private final ConnectionTokenBindings connection;

  TokenBindingClaims(ConnectionTokenBindings connection) {
    this.connection = connection;
  }

  /**
   * What to do to the claims of an access token for this client.
   *
   * @throws org.springframework.security.oauth2.core.OAuth2AuthenticationException {@code
   *     invalid_request} when the client's tokens are bound and its connection is not
   */
  Consumer<Map<String, Object>> forClient(RegisteredClient client) {
    if (!ClientFactory.isTokenBound(client)) {
      return claims -> {};
    }
    String tbh =
        connection
            .required()
            .keyForTokens()
            .map(Sha256Digest::toBase64Url)
            .orElseThrow(TokenBindingClaims::unsupportedReferral);
    return claims -> {
      Map<String, Object> confirmation = new LinkedHashMap<>();
      if (claims.get(CONFIRMATION) instanceof Map<?, ?> other) {
        other.forEach((member, value) -> confirmation.put(String.valueOf(member), value));
      }
      confirmation.put("tbh", tbh);
      claims.put(CONFIRMATION, confirmation);
    };
  }

  /** A token bound to the provided key would be good for whoever sends it here (RFC 8473 5.4). */
  private static OAuth2AuthenticationException unsupportedReferral() {
    return new OAuth2AuthenticationException(
        new OAuth2Error(
            OAuth2ErrorCodes.INVALID_REQUEST,
            "the request refers to a Token Binding key of a kind that is not supported",
            null));
  }
}
