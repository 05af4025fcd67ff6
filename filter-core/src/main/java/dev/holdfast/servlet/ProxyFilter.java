package dev.holdfast.servlet;

import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.registration.HandshakeOrder;
import dev.holdfast.servlet.registration.MappedDispatchers;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests, and decides nothing else: for an edge in which others look at headers or at the
 * client's certificate before the enforcement, or beside it. Map it to everything, first, for every
 * dispatcher type.
 *
 * @see EvidenceSource#admit
 */
public final class ProxyFilter implements Filter {
  private final EvidenceSource source;
  private @Nullable HandshakeOrder order;

  /** A filter that admits what this source admits. */
  public ProxyFilter(EvidenceSource source) {
    this.source = source;
  }

  @Override
  public void init(FilterConfig config) {
    source.check(config.getServletContext());
    MappedDispatchers.of(config).check(config.getFilterName());
    order = HandshakeOrder.keep(config);
  }

  @Override
  public void destroy() {
    if (order != null) {
      order.close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)) {
      throw new ServletException("Holdfast understands HTTP requests only");
    }
    chain.doFilter(source.admit(httpRequest), response);
  }
}
