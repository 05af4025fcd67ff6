package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.FilterFields;
import dev.holdfast.spring.held.HeldObjects;
import dev.holdfast.spring.held.SpringProxies;
import dev.holdfast.spring.held.TokenReaders;
import dev.holdfast.spring.held.UnseenFilterException;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Tells whether a filter, whatever it is for, has a converter that can make an access token out of
 * anything in a request, and a manager that verifies it. A converter of the application's can. It
 * is not tried, because a trial does not show which part of a request it reads, and when. Spring
 * Security's own converters are known, and make other credentials.
 */
public final class ConvertedTokens {
  private static final String SPRINGS = "org.springframework.security.";

  /** Its filters stand before its own endpoints, which take clients and grants. */
  private static final String AUTHORIZATION_SERVER = SPRINGS + "oauth2.server.authorization.";

  private static final int MOST_STEPS = 5;

  private ConvertedTokens() {}

  /**
   * Whether this filter does.
   *
   * @throws UnseenFilterException when its converter can, and its manager cannot be looked at
   */
  public static boolean areTakenBy(Filter filter) {
    List<Object> held = heldIn(filter);
    if (filter.getClass().getName().startsWith(AUTHORIZATION_SERVER)
        && held.stream().noneMatch(ConvertedTokens::matchesAnything)) {
      return false;
    }
    return held.stream().anyMatch(TokenManagers::isOfIssuers)
        || (held.stream().anyMatch(value -> mayMakeTokens(value, 0))
            && TokenManagers.isAmong(held));
  }

  /** A matcher of endpoints does not match this request, or asks for more than it has. */
  private static boolean matchesAnything(Object value) {
    try {
      return value instanceof RequestMatcher matcher
          && matcher.matches(CredentialProbe.none().request());
    } catch (RuntimeException asksForMore) {
      return false;
    }
  }

  private static boolean mayMakeTokens(Object value, int steps) {
    return value instanceof AuthenticationConverter
        && (TokenReaders.include(value)
            || !value.getClass().getName().startsWith(SPRINGS)
            || (steps < MOST_STEPS
                && heldIn(value).stream().anyMatch(inner -> mayMakeTokens(inner, steps + 1))));
  }

  private static List<Object> heldIn(Object holder) {
    return FilterFields.of(holder).values().stream()
        .flatMap(value -> HeldObjects.elements(value).stream())
        .map(SpringProxies::behindIfThere)
        .toList();
  }
}
