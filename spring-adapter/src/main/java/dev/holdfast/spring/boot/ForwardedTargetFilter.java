package dev.holdfast.spring.boot;

import dev.holdfast.http.ForwardedAuthority;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers 400 where the request's scheme or server name carries a path: chains and rules compare
 * {@code getRequestURI()}, and whoever reads {@code getRequestURL()}, as Spring Cloud Gateway does
 * for its services, would go to another path. It stands behind everybody who reads a proxy's
 * headers: the container, and Spring's {@code ForwardedHeaderFilter}.
 */
final class ForwardedTargetFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String host = request.getServerName();
    if (ForwardedAuthority.isScheme(request.getScheme())
        && (host == null || ForwardedAuthority.isHost(host))) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    answer.setContentType("text/plain;charset=US-ASCII");
    answer.getWriter().write(ForwardedAuthority.REFUSAL);
  }
}
