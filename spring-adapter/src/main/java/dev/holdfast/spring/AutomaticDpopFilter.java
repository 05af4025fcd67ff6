package dev.holdfast.spring;

import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;

/**
 * The DPoP filter that every resource server makes by itself in Spring Security 7.0. No
 * post-processor of the chain is asked about it there, so that it is replaced in the chain that has
 * been built. In 7.1 the application asks for it, and {@link ChainEnforcement} replaces it.
 */
final class AutomaticDpopFilter {
  /** Private to Spring Security: a filter of the application's own cannot have it. */
  private static final String CONVERTER =
      "org.springframework.security.config.annotation.web.configurers.oauth2.server.resource"
          + ".DPoPAuthenticationConfigurer$DPoPAuthenticationConverter";

  private AutomaticDpopFilter() {}

  /**
   * Puts Holdfast's in its place, behind the bearer filter of Holdfast's, which decides first. A
   * list that cannot be changed stays as it is: the look at the chains then stops the start.
   */
  static void replaceIn(SecurityFilterChain chain) {
    List<Filter> filters = chain.getFilters();
    EnforcedBearerTokenFilter before = null;
    for (int i = 0; i < filters.size(); i++) {
      Filter filter = filters.get(i);
      if (filter instanceof EnforcedBearerTokenFilter enforced) {
        before = enforced;
      }
      if (before != null && isAutomatic(filter)) {
        try {
          filters.set(i, new ConfirmedDpopFilter((AuthenticationFilter) filter, before.contexts()));
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
