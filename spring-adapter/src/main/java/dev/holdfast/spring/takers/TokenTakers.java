package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.FilterFields;
import dev.holdfast.spring.held.SpringProxies;
import dev.holdfast.spring.held.TokenReaders;
import dev.holdfast.spring.held.UnseenFilterException;
import jakarta.servlet.Filter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;

/**
 * Tells whether a filter can turn an access token into an {@code Authentication}: Spring Security's
 * bearer filter and what extends it, anything that has its resolver or converter, an {@link
 * AuthenticationFilter} whose converter makes something of a request with such a credential, any
 * filter with {@link ConvertedTokens}, and a filter for pre-authenticated requests whose principal
 * is the token. A filter that reads the field {@code Authorization} in lines of its own cannot be
 * told.
 */
public final class TokenTakers {
  private TokenTakers() {}

  /**
   * Whether it takes tokens, and nobody confirms their binding.
   *
   * @throws UnseenFilterException when nobody can tell, because it cannot be looked at
   */
  public static boolean isForeign(Filter filter) {
    if (filter instanceof ConfirmingFilter) {
      return false;
    }
    return filter instanceof BearerTokenAuthenticationFilter
        || FilterFields.of(filter).values().stream()
            .map(SpringProxies::behindIfThere)
            .anyMatch(TokenReaders::include)
        || (filter instanceof AuthenticationFilter other
            && takesTokens(other.getAuthenticationConverter()))
        || ConvertedTokens.areTakenBy(filter)
        || (filter instanceof AbstractPreAuthenticatedProcessingFilter other
            && PreAuthenticated.takesTokens(other));
  }

  /** Tried out: converters of applications are lambdas as often as not. */
  private static boolean takesTokens(AuthenticationConverter converter) {
    return CredentialProbe.ofEveryScheme().stream().anyMatch(probe -> takes(converter, probe));
  }

  private static boolean takes(AuthenticationConverter converter, CredentialProbe probe) {
    boolean madeSomething;
    try {
      madeSomething = converter.convert(probe.request()) != null;
    } catch (RuntimeException refused) {
      madeSomething = !throwsAnyway(converter);
    }
    return madeSomething && probe.wasRead();
  }

  /** At a request without any credential: then the credential was not the reason. */
  private static boolean throwsAnyway(AuthenticationConverter converter) {
    try {
      converter.convert(CredentialProbe.none().request());
      return false;
    } catch (RuntimeException anyway) {
      return true;
    }
  }
}
