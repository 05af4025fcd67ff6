package dev.holdfast.spring.issuers;

import dev.holdfast.AccessToken;
import dev.holdfast.Confirmation;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.NumericDate;
import dev.holdfast.spring.scope.AllowedToken;
import dev.holdfast.spring.scope.PolicyOff;
import dev.holdfast.spring.scope.VerificationScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Spring Security's {@code OpaqueTokenIntrospector} over Holdfast's issuers and cache. Attributes
 * and authorities are those that {@code SpringOpaqueTokenIntrospector} gives: times as {@code
 * Instant}, {@code aud} and {@code scope} as lists, one authority {@code SCOPE_…} for each word.
 *
 * <p>Outside the filters that Holdfast enforces a token with a {@code cnf} is refused, as by {@link
 * HoldfastJwtDecoder}: nobody there compares the binding, certificates included.
 *
 * <p>It may be extended, as Spring Security's own: an aspect of the application's does so.
 */
public class HoldfastOpaqueTokenIntrospector implements OpaqueTokenIntrospector {
  private final TokenDesk desk;

  /** Over these issuers. */
  public HoldfastOpaqueTokenIntrospector(TokenDesk desk) {
    this.desk = desk;
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String token) {
    try {
      AccessToken verified = desk.require(token);
      if (isUnconfirmed(token, verified)) {
        throw new BadOpaqueTokenException(
            "the token is bound, and nobody confirms the binding here");
      }
      return principal(verified);
    } catch (TokenDesk.InvalidTokenException invalid) {
      throw new BadOpaqueTokenException("the token is not valid here", invalid);
    } catch (IssuerUnavailableException unavailable) {
      throw new OAuth2IntrospectionException("the token's issuer cannot be asked", unavailable);
    }
  }

  private static boolean isUnconfirmed(String text, AccessToken verified) {
    return !(verified.confirmation() instanceof Confirmation.Unbound)
        && VerificationScope.current() == null
        && !PolicyOff.isHere()
        && !AllowedToken.is(text);
  }

  private static OAuth2AuthenticatedPrincipal principal(AccessToken token) {
    Map<String, Object> attributes = new LinkedHashMap<>(token.claims());
    attributes.put("active", true);
    for (String time : List.of("exp", "iat", "nbf")) {
      attributes.computeIfPresent(time, (name, value) -> NumericDate.read(value));
    }
    attributes.computeIfPresent(
        "aud", (name, value) -> value instanceof String one ? List.of(one) : value);
    Collection<GrantedAuthority> authorities = new ArrayList<>();
    if (attributes.get("scope") instanceof String scope) {
      List<String> words = List.of(scope.split(" "));
      attributes.put("scope", words);
      words.forEach(word -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + word)));
    }
    return new OAuth2IntrospectionAuthenticatedPrincipal(attributes, authorities);
  }
}
