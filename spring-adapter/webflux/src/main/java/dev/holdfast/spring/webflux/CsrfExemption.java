package dev.holdfast.spring.webflux;

import dev.holdfast.spring.webflux.verification.springs.HiddenField;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Requests with a method's own scheme, {@code Authorization: DPoP} for example, need no CSRF token
 * on an enforced chain, as Spring Security has it for {@code Bearer}: no browser sends that field
 * by itself, and a script of another origin may send it only where CORS allows that.
 *
 * <p>Where the policy is {@code off} nobody takes the token, and the session's login would act:
 * such a request is not exempt.
 *
 * @param schemes their names, each with the space behind it
 * @param isOff whether the policy for a request is {@code off}
 */
record CsrfExemption(List<String> schemes, Predicate<ServerWebExchange> isOff)
    implements ServerWebExchangeMatcher {

  /** Whether it could be added to what the filter exempts already. */
  boolean applyTo(CsrfWebFilter filter) {
    ServerWebExchangeMatcher own =
        HiddenField.read(CsrfWebFilter.class, ServerWebExchangeMatcher.class, filter);
    if (own == null) {
      return false;
    }
    filter.setRequireCsrfProtectionMatcher(new AndServerWebExchangeMatcher(own, this));
    return true;
  }

  /** Whether the request needs protection. */
  @Override
  public Mono<MatchResult> matches(ServerWebExchange exchange) {
    List<String> fields = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
    boolean exempt =
        fields.size() == 1
            && schemes.stream().anyMatch(scheme -> begins(fields.get(0), scheme))
            && !isOff.test(exchange);
    return exempt ? MatchResult.notMatch() : MatchResult.match();
  }

  private static boolean begins(String field, String scheme) {
    return field.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
