package dev.holdfast.spring.look;

import dev.holdfast.spring.EnforcedBearerTokenFilter;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says at the start that a chain's {@code BearerTokenResolver} or converter takes a token from
 * somewhere else than the field {@code Authorization}. Holdfast looks for a token in that field
 * only, so that such a token is never taken where Holdfast enforces.
 */
final class ElsewhereWarning {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private ElsewhereWarning() {}

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
}
