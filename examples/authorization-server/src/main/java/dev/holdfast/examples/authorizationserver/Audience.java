package dev.holdfast.examples.authorizationserver;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/**
 * For whom a token is: the resources that its request names, or {@code demo.audience} where it
 * names none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section 2</a>
 */
final class Audience {

  private final String otherwise;
  private final Set<String> known;

  Audience(DemoProperties properties) {
    this.otherwise = properties.audience();
    this.known = new HashSet<>(properties.resources());
    this.known.add(properties.audience());
  }

  /**
   * The {@code aud} of a token.
   *
   * @throws OAuth2AuthenticationException {@code invalid_target} when the request names a resource
   *     that is not in {@code demo.resources}
   */
  List<String> of(OAuth2TokenContext context) {
    List<String> requested = requested(context);
    if (!known.containsAll(requested)) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error("invalid_target", "no token is issued for this resource", null));
    }
    return requested.isEmpty() ? List.of(otherwise) : requested;
  }

  private static List<String> requested(OAuth2TokenContext context) {
    if (!(context.getAuthorizationGrant()
        instanceof OAuth2AuthorizationGrantAuthenticationToken grant)) {
      return List.of();
    }
    Object resource = grant.getAdditionalParameters().get("resource");
    if (resource instanceof String[] several) {
      return Arrays.stream(several).distinct().toList();
    }
    return resource == null ? List.of() : List.of(resource.toString());
  }
}
