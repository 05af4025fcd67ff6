package dev.holdfast.examples.authorizationserver;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/**
 * Clients whose access tokens are always DPoP-bound. Spring binds a token when its request has a
 * proof; that these clients get none without is decided here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-5.2">RFC 9449, section 5.2</a>
 */
final class DpopBoundTokens {

  private DpopBoundTokens() {}

  /**
   * Lets a token be issued only with a proof, which Spring has verified by now.
   *
   * @throws OAuth2AuthenticationException {@code invalid_request} when the client's tokens are
   *     bound and the request has no proof
   */
  static void requireProof(OAuth2TokenContext context) {
    if (ClientFactory.isDpopBound(context.getRegisteredClient())
        && context.get(OAuth2TokenContext.DPOP_PROOF_KEY) == null) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error(
              OAuth2ErrorCodes.INVALID_REQUEST,
              "this client's tokens are DPoP-bound, and the request has no proof",
              null));
    }
  }
}
