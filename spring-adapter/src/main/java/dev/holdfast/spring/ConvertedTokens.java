package dev.holdfast.spring;

import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Tells whether a filter, whatever it is for, has a converter that can make an access token out of
 * anything in a request, and a manager that verifies it. A converter of the application's can:
 * which part of a request it reads, and when, is its own affair, so that it is not tried. Spring
 * Security's own are known, and make other credentials.
 */
final class ConvertedTokens {
  private static final String SPRINGS = "org.springframework.security.";

  /** They know clients and grants, and refuse whatever else a manager gives them. */
  private static final String AUTHORIZATION_SERVER = SPRINGS + "oauth2.server.authorization.";

  private static final int MOST_STEPS = 5;

  private ConvertedTokens() {}

  static boolean areTakenBy(Filter filter) {
    if (filter.getClass().getName().startsWith(AUTHORIZATION_SERVER)) {
      return false;
    }
    List<Object> held = heldIn(filter);
    return held.stream().anyMatch(TokenManagers::isOfIssuers)
        || (held.stream().anyMatch(value -> mayMakeTokens(value, 0))
            && TokenManagers.isAmong(held));
  }

  private static boolean mayMakeTokens(Object value, int steps) {
    return value instanceof AuthenticationConverter
        && (value instanceof BearerTokenAuthenticationConverter
            || !value.getClass().getName().startsWith(SPRINGS)
            || (steps < MOST_STEPS
                && heldIn(value).stream().anyMatch(inner -> mayMakeTokens(inner, steps + 1))));
  }

  private static List<Object> heldIn(Object holder) {
    return FilterFields.of(holder).values().stream()
        .flatMap(value -> FilterFields.elements(value).stream())
        .toList();
  }
}
