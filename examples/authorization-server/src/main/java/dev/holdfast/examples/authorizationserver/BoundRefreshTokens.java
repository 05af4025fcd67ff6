package dev.holdfast.examples.authorizationserver;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * Keeps authorizations, and finds one by its refresh token only for the client whose provided Token
 * Binding it was issued to: for anyone else the refresh token does not exist, which Spring answers
 * with {@code invalid_grant}.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-token-binding-08#section-2">OAuth
 *     2.0 Token Binding, section 2</a>
 */
final class BoundRefreshTokens implements OAuth2AuthorizationService {
  private static final String BINDING = BoundRefreshTokens.class.getName();

  private final OAuth2AuthorizationService authorizations;
  private final RegisteredClientRepository clients;
  private final ConnectionTokenBindings connection;

  BoundRefreshTokens(
      OAuth2AuthorizationService authorizations,
      RegisteredClientRepository clients,
      ConnectionTokenBindings connection) {
    this.authorizations = authorizations;
    this.clients = clients;
    this.connection = connection;
  }

  /** The binding is that of the request which first got a refresh token; renewing keeps it. */
  @Override
  public void save(OAuth2Authorization authorization) {
    boolean unbound =
        authorization.getRefreshToken() != null
            && authorization.getAttribute(BINDING) == null
            && isTokenBound(authorization);
    authorizations.save(
        unbound
            ? OAuth2Authorization.from(authorization).attribute(BINDING, provided()).build()
            : authorization);
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(
      String token, @Nullable OAuth2TokenType tokenType) {
    OAuth2Authorization found = authorizations.findByToken(token, tokenType);
    boolean renewing = tokenType != null && tokenType.equals(OAuth2TokenType.REFRESH_TOKEN);
    if (found == null || !renewing || !isTokenBound(found)) {
      return found;
    }
    return provided().equals(found.getAttribute(BINDING)) ? found : null;
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    authorizations.remove(authorization);
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return authorizations.findById(id);
  }

  private String provided() {
    return connection.required().provided().toBase64Url();
  }

  private boolean isTokenBound(OAuth2Authorization authorization) {
    RegisteredClient client = clients.findById(authorization.getRegisteredClientId());
    return client != null && ClientFactory.isTokenBound(client);
  }
}
