package dev.holdfast.spring.webflux.look;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.spring.webflux.verification.FilterParts;
import dev.holdfast.spring.webflux.verification.ManagerView;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.SwitchUserWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Tells what a filter makes of access tokens. */
public final class TokenTakers {
  private static final List<String> TRIALS =
      Stream.concat(
              Stream.of("Bearer a.b.c", "Bearer abc"),
              ConfirmationMethod.all().stream()
                  .filter(ConfirmationMethod::hasOwnScheme)
                  .map(method -> method.scheme().text() + " a.b.c"))
          .toList();

  /** Spring Security's own that look for another credential; of these very classes. */
  private static final Set<String> OTHER_CREDENTIALS =
      Set.of(
          "org.springframework.security.web.server.ServerFormLoginAuthenticationConverter",
          "org.springframework.security.web.server.ServerHttpBasicAuthenticationConverter",
          "org.springframework.security.web.server.authentication"
              + ".ServerFormLoginAuthenticationConverter",
          "org.springframework.security.web.server.authentication"
              + ".ServerHttpBasicAuthenticationConverter",
          "org.springframework.security.web.server.authentication.ServerX509AuthenticationConverter",
          "org.springframework.security.web.server.authentication.ott"
              + ".ServerOneTimeTokenAuthenticationConverter",
          "org.springframework.security.oauth2.client.web.server"
              + ".ServerOAuth2AuthorizationCodeAuthenticationTokenConverter");

  private static final String OAUTH2_LOGIN =
      "org.springframework.security.config.web.server.ServerHttpSecurity$OAuth2";

  private TokenTakers() {}

  /** What a filter makes of access tokens. */
  public enum Kind {
    /** It takes bearer tokens as Spring Security's resource server does: Holdfast can enforce. */
    TAKES_BEARER,
    /** It does, or may do, in a way that Holdfast cannot see. */
    UNSEEN,
    /** It keeps who is authenticated under another name in the session. */
    SWITCHES_USERS,
    /** It has no part in them. */
    OTHER
  }

  /** What this filter does. */
  public static Kind kind(WebFilter filter) {
    if (filter instanceof SwitchUserWebFilter) {
      return Kind.SWITCHES_USERS;
    }
    if (!(filter instanceof AuthenticationWebFilter authenticating)) {
      return Kind.OTHER;
    }
    FilterParts parts = FilterParts.of(authenticating);
    if (parts == null) {
      return Kind.UNSEEN;
    }
    if (parts.converter() instanceof ServerBearerTokenAuthenticationConverter) {
      return filter.getClass() == AuthenticationWebFilter.class ? Kind.TAKES_BEARER : Kind.UNSEEN;
    }
    return looksForAnother(parts.converter()) || !mayTakeTokens(parts) ? Kind.OTHER : Kind.UNSEEN;
  }

  /** The converter of such a filter, as a text names it. */
  public static String converterOf(WebFilter filter) {
    FilterParts parts =
        filter instanceof AuthenticationWebFilter authenticating
            ? FilterParts.of(authenticating)
            : null;
    return parts == null ? "an unknown converter" : parts.converter().getClass().getName();
  }

  private static boolean looksForAnother(ServerAuthenticationConverter converter) {
    String name = converter.getClass().getName();
    return OTHER_CREDENTIALS.contains(name) || name.startsWith(OAUTH2_LOGIN);
  }

  private static boolean mayTakeTokens(FilterParts parts) {
    for (String trial : TRIALS) {
      ServerWebExchange exchange = TrialExchange.with(trial);
      if (!ignores(parts.converter(), exchange)) {
        return true;
      }
      ReactiveAuthenticationManager manager = now(parts.managers().resolve(exchange));
      if (manager != null && ManagerView.isForTokens(manager)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it finds nothing, at once and without a failure. */
  private static boolean ignores(
      ServerAuthenticationConverter converter, ServerWebExchange exchange) {
    try {
      var answer = converter.convert(exchange).toFuture();
      return answer.isDone() && !answer.isCompletedExceptionally() && answer.getNow(null) == null;
    } catch (RuntimeException failed) {
      return false;
    }
  }

  /** What it answers at once, or null; a manager that depends on the request may answer nothing. */
  private static <T> @Nullable T now(Mono<T> answer) {
    try {
      return answer.onErrorComplete().toFuture().getNow(null);
    } catch (RuntimeException failed) {
      return null;
    }
  }
}
