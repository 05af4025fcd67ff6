package dev.holdfast.servlet.registration;

import dev.holdfast.servlet.registration.container.FilterOrder;
import dev.holdfast.servlet.registration.container.JettyFilters;
import dev.holdfast.servlet.registration.container.TomcatFilters;
import dev.holdfast.servlet.registration.container.UndertowFilters;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a container's WebSocket support behind one filter. A handshake is a request, and it must
 * pass the filter; but Jetty puts the filter that answers handshakes before all others, whenever
 * the first endpoint comes, and Tomcat and Undertow put theirs before filters that are registered
 * with {@code isMatchAfter}.
 *
 * <p>In Jetty and Tomcat the order is mended. Where it cannot be mended, the filter does not start,
 * and says what to do. In Undertow a filter starts with its first request, unless the deployment
 * asks for eager initialization, and so does this.
 */
public final class HandshakeOrder implements AutoCloseable {
  private static final HandshakeOrder NOTHING_TO_KEEP = new HandshakeOrder(null);

  private final @Nullable JettyFilters watched;

  private HandshakeOrder(@Nullable JettyFilters watched) {
    this.watched = watched;
  }

  /**
   * Puts the container's WebSocket support behind this filter, now and as long as it runs. Call it
   * in {@code init}, and {@link #close} in {@code destroy}.
   *
   * @throws IllegalStateException when handshakes would not pass the filter, and that cannot be
   *     mended
   */
  public static HandshakeOrder keep(FilterConfig config) {
    @Nullable ServletContext context = config.getServletContext();
    if (context == null) {
      return NOTHING_TO_KEEP;
    }
    String name = config.getFilterName();
    try {
      JettyFilters jetty = JettyFilters.of(context, name);
      if (jetty != null) {
        jetty.watch();
        return new HandshakeOrder(jetty);
      }
      TomcatFilters.putFirst(context, name);
      UndertowFilters.check(context, name);
    } catch (ReflectiveOperationException | ClassCastException anotherVersion) {
      if (hasWebSockets(context)) {
        throw FilterOrder.refusal(
            name, "this version of the container does not let its order be seen");
      }
    }
    return NOTHING_TO_KEEP;
  }

  /** Whether something is there that answers handshakes, in a container of another version. */
  private static boolean hasWebSockets(ServletContext context) {
    if (context.getAttribute("jakarta.websocket.server.ServerContainer") != null) {
      return true;
    }
    for (FilterRegistration registration : context.getFilterRegistrations().values()) {
      if (String.valueOf(registration.getClassName())
          .toLowerCase(Locale.ROOT)
          .contains("websocket")) {
        return true;
      }
    }
    return false;
  }

  /** Ends what watches later changes. */
  @Override
  public void close() {
    if (watched != null) {
      watched.unwatch();
    }
  }
}
