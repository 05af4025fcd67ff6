package dev.holdfast.spring;

import jakarta.servlet.Filter;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextPersistenceFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.session.SessionManagementFilter;

/**
 * Says at the start that an enforced chain writes sessions on its own. Holdfast's {@code
 * SecurityContext} is kept in none; one that a filter of the application's makes later in the
 * request would be, and the cookie of that session would be a login without the token's key.
 */
final class ChainSessions {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private ChainSessions() {}

  /** One line for each such chain. */
  static void log(List<LookedAtChain> chains) {
    for (LookedAtChain chain : chains) {
      if (chain.isEnforced()
          && chain.identity().getFilters().stream().anyMatch(ChainSessions::isWriting)) {
        LOG.warn(
            "The chain "
                + chain
                + " takes access tokens and writes sessions. None keeps the SecurityContext that"
                + " Holdfast makes. One that a filter of yours makes later in the request is kept,"
                + " and its cookie is a login without the token and its key. Make the chain"
                + " SessionCreationPolicy.STATELESS, or bind the cookie (holdfast.cookies.names)");
      }
    }
  }

  @SuppressWarnings("deprecation") // requireExplicitSave(false) still puts it into a chain
  private static boolean isWriting(Filter filter) {
    Class<?> type =
        filter instanceof SessionManagementFilter
            ? SessionManagementFilter.class
            : filter instanceof SecurityContextPersistenceFilter
                ? SecurityContextPersistenceFilter.class
                : null;
    return type != null
        && isOfSessions(HiddenField.read(type, SecurityContextRepository.class, filter));
  }

  /** One that is not known may keep it in sessions. */
  private static boolean isOfSessions(@Nullable SecurityContextRepository repository) {
    if (repository instanceof DelegatingSecurityContextRepository several) {
      List<?> delegates =
          HiddenField.read(DelegatingSecurityContextRepository.class, List.class, several);
      return delegates == null
          || delegates.stream()
              .anyMatch(
                  one -> one instanceof SecurityContextRepository single && isOfSessions(single));
    }
    return !(repository instanceof NullSecurityContextRepository
        || repository instanceof RequestAttributeSecurityContextRepository);
  }
}
