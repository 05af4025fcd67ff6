package dev.holdfast.spring;

import dev.holdfast.spring.sessions.SessionGuard;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;

/**
 * What Spring Security itself does about proofs, and what Holdfast puts in its place: the filter
 * for DPoP, and the look for {@code jkt} in its bearer filter.
 */
public final class FrameworkProofs {
  /** Private to Spring Security: a filter of the application's own cannot have it. */
  private static final String CONVERTER =
      "org.springframework.security.config.annotation.web.configurers.oauth2.server.resource"
          + ".DPoPAuthenticationConfigurer$DPoPAuthenticationConverter";

  private FrameworkProofs() {}

  /**
   * Replaces the filter that the application asks for by {@code .dPoP()}, in Spring Security 7.1:
   * the only one of its class that a resource server makes.
   */
  static ObjectPostProcessor<AuthenticationFilter> replacement(
      SecurityContextHolderStrategy contexts, SessionGuard guard) {
    return new Replacement(contexts, guard);
  }

  private record Replacement(SecurityContextHolderStrategy contexts, SessionGuard guard)
      implements ObjectPostProcessor<AuthenticationFilter>, Ordered {
    @Override
    @SuppressWarnings("unchecked") // Spring Security's own contract: the same kind of filter
    public <O extends AuthenticationFilter> O postProcess(O original) {
      return (O) new ConfirmedDpopFilter(original, contexts, guard);
    }

    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }
  }

  /**
   * Replaces the filter that every resource server makes by itself in Spring Security 7.0, where no
   * post-processor of the chain is asked about it. Holdfast's stands behind the bearer filter of
   * Holdfast's, which decides first. A list that cannot be changed stays as it is: the look at the
   * chains then stops the start.
   */
  public static void replaceIn(SecurityFilterChain chain) {
    List<Filter> filters = chain.getFilters();
    EnforcedBearerTokenFilter before = null;
    for (int i = 0; i < filters.size(); i++) {
      Filter filter = filters.get(i);
      if (filter instanceof EnforcedBearerTokenFilter enforced) {
        before = enforced;
      }
      if (before != null && isAutomatic(filter)) {
        try {
          filters.set(
              i,
              new ConfirmedDpopFilter(
                  (AuthenticationFilter) filter, before.contexts(), before.guard()));
        } catch (UnsupportedOperationException unchangeable) {
          return;
        }
      }
    }
  }

  private static boolean isAutomatic(Filter filter) {
    return filter.getClass() == AuthenticationFilter.class
        && ((AuthenticationFilter) filter)
            .getAuthenticationConverter()
            .getClass()
            .getName()
            .equals(CONVERTER);
  }
}
