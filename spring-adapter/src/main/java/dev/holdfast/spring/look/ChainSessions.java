package dev.holdfast.spring.look;

import dev.holdfast.spring.held.HiddenField;
import dev.holdfast.spring.held.SpringProxies;
import dev.holdfast.spring.sessions.TokenSessionFilter;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextPersistenceFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.session.SessionManagementFilter;

/**
 * Says at the start that an enforced chain stores what each request authenticated in a repository
 * of the application's. What a token authenticated is kept in no session of the container (see
 * {@link TokenSessionFilter}); what else keeps it cannot be seen.
 */
final class ChainSessions {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private ChainSessions() {}

  /** One line for each such repository. */
  static void log(List<LookedAtChain> chains) {
    for (LookedAtChain chain : chains) {
      if (chain.isEnforced()) {
        chain.identity().getFilters().stream()
            .flatMap(ChainSessions::written)
            .map(repository -> repository.getClass().getName())
            .filter(name -> !name.startsWith("org.springframework."))
            .distinct()
            .forEach(name -> log(chain, name));
      }
    }
  }

  private static void log(LookedAtChain chain, String repository) {
    LOG.warn(
        "The chain "
            + chain
            + " takes access tokens and stores what a request authenticated in "
            + repository
            + ". If it keeps what a token authenticated, whatever it is found by later, a cookie for example, is a"
            + " login without the token and its key. Let its saveContext keep no context that is"
            + " @Transient, or give this chain another repository");
  }

  @SuppressWarnings("deprecation") // requireExplicitSave(false) still puts it into a chain
  private static Stream<SecurityContextRepository> written(Filter filter) {
    Class<?> type =
        filter instanceof SessionManagementFilter
            ? SessionManagementFilter.class
            : filter instanceof SecurityContextPersistenceFilter
                ? SecurityContextPersistenceFilter.class
                : null;
    return type == null
        ? Stream.empty()
        : each(HiddenField.read(type, SecurityContextRepository.class, filter));
  }

  private static Stream<SecurityContextRepository> each(@Nullable Object held) {
    Object repository = held == null ? null : SpringProxies.behindIfThere(held);
    if (repository instanceof DelegatingSecurityContextRepository several) {
      List<?> delegates =
          HiddenField.read(DelegatingSecurityContextRepository.class, List.class, several);
      return delegates == null ? Stream.empty() : delegates.stream().flatMap(ChainSessions::each);
    }
    return repository instanceof SecurityContextRepository single
        ? Stream.of(single)
        : Stream.empty();
  }
}
