package dev.holdfast.examples.authorizationserver;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * Makes the registered clients.
 *
 * <p>A client with certificate-bound tokens has no secret and no method but TLS: one that
 * authenticated by a secret, without a certificate, would be given an unbound token.
 */
final class ClientFactory {

  private static final String TOKEN_BOUND = "demo.token-bound";
  private static final String DPOP_BOUND = "demo.dpop-bound";

  private final DemoProperties properties;
  private final PasswordEncoder encoder;

  ClientFactory(DemoProperties properties, PasswordEncoder encoder) {
    this.properties = properties;
    this.encoder = encoder;
  }

  /** A client known by the subject of a certificate that the trusted authority issued. */
  RegisteredClient certified(String clientId, OAuth2TokenFormat format) {
    return application(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.TLS_CLIENT_AUTH)
        .clientSettings(
            ClientSettings.builder()
                .x509CertificateSubjectDN(properties.paymentsAppSubject())
                .build())
        .tokenSettings(tokens(format).x509CertificateBoundAccessTokens(true).build())
        .build();
  }

  /** A client known by its own, self-signed certificate. */
  RegisteredClient selfSigned(String clientId, OAuth2TokenFormat format) {
    return application(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH)
        .tokenSettings(tokens(format).x509CertificateBoundAccessTokens(true).build())
        .build();
  }

  /** A client known by a secret, whose tokens are plain bearer tokens. */
  RegisteredClient legacy(String clientId, OAuth2TokenFormat format) {
    return application(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientSecret(encoder.encode(properties.legacyAppSecret()))
        .tokenSettings(tokens(format).build())
        .build();
  }

  /**
   * A client known by a secret, whose tokens are bound to the Token Binding of its connection. It
   * also has the code flow, with refresh tokens.
   */
  RegisteredClient tokenBound(String clientId, OAuth2TokenFormat format) {
    return application(clientId)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
        .redirectUri("https://localhost/callback")
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientSecret(encoder.encode(properties.tokenBindingAppSecret()))
        .clientSettings(
            ClientSettings.builder().requireProofKey(true).setting(TOKEN_BOUND, true).build())
        .tokenSettings(tokens(format).build())
        .build();
  }

  /** Whether this client's tokens are bound to its Token Binding. */
  static boolean isTokenBound(RegisteredClient client) {
    return Boolean.TRUE.equals(client.getClientSettings().getSetting(TOKEN_BOUND));
  }

  /** A client known by a secret, whose tokens are bound to the DPoP key of its token request. */
  RegisteredClient dpopBound(String clientId, OAuth2TokenFormat format) {
    return application(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientSecret(encoder.encode(properties.dpopAppSecret()))
        .clientSettings(ClientSettings.builder().setting(DPOP_BOUND, true).build())
        .tokenSettings(tokens(format).build())
        .build();
  }

  /**
   * Whether this client gets DPoP-bound tokens only: {@code dpop_bound_access_tokens} of RFC 9449
   * section 5.2.
   */
  static boolean isDpopBound(RegisteredClient client) {
    return Boolean.TRUE.equals(client.getClientSettings().getSetting(DPOP_BOUND));
  }

  /** A client that may introspect and is given no token with any scope. */
  RegisteredClient introspecting(String clientId) {
    return RegisteredClient.withId(clientId)
        .clientId(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .clientSecret(encoder.encode(properties.apiSecret()))
        .build();
  }

  /** The same, known by a key. */
  RegisteredClient introspectingByKey(String clientId, String jwkSetUri) {
    return RegisteredClient.withId(clientId)
        .clientId(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .clientSettings(
            ClientSettings.builder()
                .jwkSetUrl(jwkSetUri)
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                .build())
        .build();
  }

  private static RegisteredClient.Builder application(String clientId) {
    return RegisteredClient.withId(clientId)
        .clientId(clientId)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scope("accounts")
        .scope("payments");
  }

  private TokenSettings.Builder tokens(OAuth2TokenFormat format) {
    return TokenSettings.builder()
        .accessTokenFormat(format)
        .accessTokenTimeToLive(properties.accessTokenTimeToLive());
  }
}
