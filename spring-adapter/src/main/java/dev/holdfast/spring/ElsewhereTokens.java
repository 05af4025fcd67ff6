package dev.holdfast.spring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Says at the start that a chain's {@code BearerTokenResolver} or converter takes a token from
 * somewhere else than the field {@code Authorization}: a parameter (RFC 6750 sections 2.2 and 2.3),
 * another field, a cookie. Holdfast looks for a token in that field only, so that such a token is
 * never taken where Holdfast enforces. Found by trying the converter once, with a token that is
 * none.
 */
final class ElsewhereTokens {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private static final int MOST_PLACES = 20;

  private ElsewhereTokens() {}

  /** One line for each enforced chain that looks for a token elsewhere. */
  static void log(List<LookedAtChain> chains) {
    for (LookedAtChain chain : chains) {
      chain.identity().getFilters().stream()
          .filter(EnforcedBearerTokenFilter.class::isInstance)
          .map(EnforcedBearerTokenFilter.class::cast)
          .map(EnforcedBearerTokenFilter::tokensElsewhere)
          .filter(places -> !places.isEmpty())
          .forEach(places -> LOG.warn(text(chain, places)));
    }
  }

  private static String text(LookedAtChain chain, Set<String> places) {
    return "The chain "
        + chain
        + " looks for access tokens outside of Authorization: "
        + String.join(", ", places)
        + ". Holdfast takes none from there: a request with such a token alone counts as one without"
        + " a token, unless its policy is off. Send the token in Authorization, or remove the"
        + " BearerTokenResolver";
  }

  /** Where this filter looks beside {@code Authorization}. */
  static Set<String> in(BearerTokenAuthenticationFilter filter) {
    AuthenticationConverter converter =
        HiddenField.read(
            BearerTokenAuthenticationFilter.class, AuthenticationConverter.class, filter);
    Set<String> places = new LinkedHashSet<>();
    if (converter != null) {
      addAll(places, converter, "GET");
      addAll(places, converter, "POST");
    }
    return places;
  }

  /** One that finds a token asks no further: it is tried again without what it has found. */
  private static void addAll(
      Set<String> places, AuthenticationConverter converter, String httpMethod) {
    boolean foundMore = true;
    while (foundMore && places.size() < MOST_PLACES) {
      CredentialProbe fewer = CredentialProbe.elsewhere(httpMethod).without(places);
      foundMore = places.addAll(tried(converter, fewer));
    }
  }

  private static Set<String> tried(AuthenticationConverter converter, CredentialProbe probe) {
    boolean madeSomething;
    try {
      madeSomething = converter.convert(probe.request()) != null;
    } catch (RuntimeException refused) {
      madeSomething = true; // it read what it was given
    }
    Set<String> asked = probe.askedElsewhere();
    if (madeSomething) {
      return asked;
    }
    return asked.contains(CredentialProbe.COOKIE) ? Set.of(CredentialProbe.COOKIE) : Set.of();
  }
}
