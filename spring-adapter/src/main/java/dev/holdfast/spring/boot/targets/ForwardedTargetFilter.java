package dev.holdfast.spring.boot.targets;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers 400 where the request's scheme, server name or path is no such thing: chains and rules
 * compare {@code getRequestURI()}, and whoever reads {@code getRequestURL()}, as Spring Cloud
 * Gateway does for its services, would go to another path. It stands behind everybody who reads a
 * proxy's headers: the container, and Spring's {@code ForwardedHeaderFilter}.
 */
final class ForwardedTargetFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (!CalledTarget.isOne(http)) {
      CalledTarget.refuse((HttpServletResponse) response);
      return;
    }
    CalledTarget.remember(http);
    chain.doFilter(request, response);
  }
}
