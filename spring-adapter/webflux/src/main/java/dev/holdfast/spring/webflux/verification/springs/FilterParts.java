package dev.holdfast.spring.webflux.verification.springs;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a filter of Spring Security's authenticates with. It shows its parts to nobody, so that they
 * are read from its fields.
 *
 * @param managers who verifies
 * @param converter what finds a credential in a request
 * @param matcher which requests are looked at
 * @param successHandler what goes on when a request is authenticated
 */
public record FilterParts(
    ReactiveAuthenticationManagerResolver<ServerWebExchange> managers,
    ServerAuthenticationConverter converter,
    ServerWebExchangeMatcher matcher,
    ServerAuthenticationSuccessHandler successHandler) {

  /** Those of the filter, or null when it is of an unknown version of Spring Security. */
  @SuppressWarnings("unchecked") // the field's own type argument
  public static @Nullable FilterParts of(AuthenticationWebFilter filter) {
    ReactiveAuthenticationManagerResolver<ServerWebExchange> managers =
        read(ReactiveAuthenticationManagerResolver.class, filter);
    ServerAuthenticationConverter converter = read(ServerAuthenticationConverter.class, filter);
    ServerWebExchangeMatcher matcher = read(ServerWebExchangeMatcher.class, filter);
    ServerAuthenticationSuccessHandler successHandler =
        read(ServerAuthenticationSuccessHandler.class, filter);
    return managers == null || converter == null || matcher == null || successHandler == null
        ? null
        : new FilterParts(managers, converter, matcher, successHandler);
  }

  private static <T> @Nullable T read(Class<T> type, AuthenticationWebFilter filter) {
    return HiddenField.read(AuthenticationWebFilter.class, type, filter);
  }
}
