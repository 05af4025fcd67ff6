package dev.holdfast.spring;

import dev.holdfast.spring.scope.PolicyOff;
import dev.holdfast.spring.scope.ScopedContextStrategy;
import dev.holdfast.spring.sessions.SessionGuard;
import dev.holdfast.spring.takers.ConfirmingFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.AuthenticationFilter;

/**
 * Takes the place of Spring Security's own DPoP filter, where the application switched {@code
 * .dPoP()} on: a request whose binding Holdfast has confirmed is not verified a second time, and
 * its proof not spent in a second place. Where Holdfast confirmed none, with {@code off} and {@code
 * report-only}, the original decides.
 */
final class ConfirmedDpopFilter extends AuthenticationFilter implements ConfirmingFilter {
  private static final AuthenticationManager NEVER_ASKED =
      authentication -> {
        throw new AuthenticationServiceException("the original filter authenticates");
      };

  private final AuthenticationFilter original;

  ConfirmedDpopFilter(
      AuthenticationFilter original, SecurityContextHolderStrategy contexts, SessionGuard guard) {
    super(NEVER_ASKED, request -> null);
    original.setSecurityContextHolderStrategy(new ScopedContextStrategy(contexts, guard));
    this.original = original;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (PassedOver.isMarked(request)) {
      chain.doFilter(request, response);
    } else {
      PolicyOff.run(original, request, response, chain);
    }
  }
}
