package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingKey;

/**
 * Tokens for the key that {@code token-binding-app} uses with the APIs. With the authorization
 * server it uses another one, and refers to this.
 *
 * @param key the client's, for the APIs
 * @param jwt of {@code token-binding-app}
 * @param opaque of {@code token-binding-app-opaque}
 */
record TokenBindingTokens(TokenBindingKey key, String jwt, String opaque) {

  static TokenBindingTokens fetch(Parts parts) {
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    Person client =
        TokenBindingPerson.referring(
            TokenBindingKey.generate(TokenBindingKey.ECDSAP256),
            key,
            TokenBindingClient.trusting(parts.identities().pki().certificate()).offering(2));
    String secret = parts.secrets().tokenBindingApp();
    return new TokenBindingTokens(
        key,
        Tokens.withSecret(parts, client, "token-binding-app", secret),
        Tokens.withSecret(parts, client, "token-binding-app-opaque", secret));
  }

  @Override
  public String toString() {
    return "TokenBindingTokens[not shown]";
  }
}
