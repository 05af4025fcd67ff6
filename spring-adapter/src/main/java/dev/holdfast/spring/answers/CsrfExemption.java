package dev.holdfast.spring.answers;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Requests with a method's own scheme, {@code Authorization: DPoP} for example, need no CSRF token
 * on an enforced chain, as Spring Security has it for {@code Bearer}: no browser sends that field
 * by itself, and a script of another origin may send it only where CORS allows that. Where the
 * chain has no CSRF protection, nothing changes.
 *
 * @param isEnforced whether the chain's resource server is Holdfast's, and the policy is not {@code
 *     off}: there nobody has to take the token, and the session's login would act. Asked for each
 *     request, because the resource server may come to the chain later
 */
public record CsrfExemption(Predicate<HttpServletRequest> isEnforced) implements RequestMatcher {
  private static final List<String> SCHEMES =
      OwnSchemes.ALL.stream().map(scheme -> scheme + " ").toList();

  /** Has to come before the chain's CSRF filter is made. */
  @SuppressWarnings("unchecked") // the type argument of the only configurer of that class
  public void applyTo(HttpSecurity http) {
    CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
    if (csrf != null) {
      csrf.ignoringRequestMatchers(this);
    }
  }

  @Override
  @SuppressWarnings("JdkObsolete") // the servlet API's own type
  public boolean matches(HttpServletRequest request) {
    List<String> fields = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    return fields.size() == 1
        && SCHEMES.stream().anyMatch(scheme -> begins(fields.get(0), scheme))
        && isEnforced.test(request);
  }

  private static boolean begins(String field, String scheme) {
    return field.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
