package dev.holdfast.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes security events, and nothing else: for an edge whose framework has filters of its own. Map
 * it to {@link EventPlace#mapping()}, before the framework, whose rules about forms and tokens are
 * not for transmitters. What is not for that very path goes on.
 */
public final class EventFilter implements Filter {
  private final EventPlace place;

  /** A filter that answers for this. */
  public EventFilter(EventPlace place) {
    this.place = place;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("Holdfast understands HTTP requests only");
    }
    if (!place.answered(httpRequest, httpResponse)) {
      chain.doFilter(request, response);
    }
  }
}
