package dev.holdfast.examples.authorizationserver;

import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

/**
 * Decides whether the certificate of the TLS connection is the client's.
 *
 * <p>It stands in for Spring's own verifier, which would fetch this server's key set for the
 * self-signed client over HTTPS with the trust store of the JVM, where a throw-away authority is
 * not known. It is stricter in one point: the whole certificate is compared, not the public key
 * alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-2">RFC 8705, section 2</a>
 */
final class ClientCertificateVerifier implements Consumer<OAuth2ClientAuthenticationContext> {

  private final ClientKeys selfSignedKeys;

  ClientCertificateVerifier(ClientKeys selfSignedKeys) {
    this.selfSignedKeys = selfSignedKeys;
  }

  @Override
  public void accept(OAuth2ClientAuthenticationContext context) {
    if (!matches(context)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
  }

  private boolean matches(OAuth2ClientAuthenticationContext context) {
    OAuth2ClientAuthenticationToken authentication = context.getAuthentication();
    if (!(authentication.getCredentials() instanceof X509Certificate[] chain)) {
      return false;
    }
    ClientAuthenticationMethod method = authentication.getClientAuthenticationMethod();
    if (ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH.equals(method)) {
      return selfSignedKeys.contains(chain[0]);
    }
    String subject =
        context.getRegisteredClient().getClientSettings().getX509CertificateSubjectDN();
    return ClientAuthenticationMethod.TLS_CLIENT_AUTH.equals(method)
        && isSubjectOf(chain[0], subject);
  }

  private static boolean isSubjectOf(X509Certificate certificate, @Nullable String subject) {
    return subject != null
        && certificate.getSubjectX500Principal().equals(new X500Principal(subject));
  }
}
