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
 * Serves the resource's metadata (RFC 9728), and nothing else: for an edge whose framework has
 * metadata of its own. Map it to {@link MetadataPlace#MAPPING}, before the framework. Below that
 * place nobody else answers, so that no other document contradicts this one.
 */
public final class MetadataFilter implements Filter {
  private final MetadataPlace place;

  /** A filter that answers for this. */
  public MetadataFilter(MetadataPlace place) {
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
      httpResponse.setStatus(HttpServletResponse.SC_NOT_FOUND);
      httpResponse.setHeader("Cache-Control", "no-store"); // a proxy may vouch for a name later
      httpResponse.setContentLength(0);
    }
  }
}
