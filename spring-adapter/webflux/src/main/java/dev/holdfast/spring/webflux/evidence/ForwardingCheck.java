package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.configuration.InvalidSettingException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Looks at what a {@link ForwardedHeaderTransformer} makes of a request, before any filter. A
 * prefix that nobody is trusted for is taken away before it. One that is believed, or is empty,
 * leaves the application's base path where it is. A request whose target cannot be read is answered
 * with 400.
 */
public final class ForwardingCheck implements HttpHandlerDecoratorFactory, Ordered {
  private final EvidenceSource source;
  private final BeanFactory beans;

  /**
   * With this source's opinion of whom to believe.
   *
   * @param beans where a transformer would be
   */
  public ForwardingCheck(EvidenceSource source, BeanFactory beans) {
    this.source = source;
    this.beans = beans;
  }

  /**
   * The handler with this check.
   *
   * @throws InvalidSettingException if something stands before the transformer, so that it cannot
   *     be had
   */
  @Override
  public HttpHandler apply(HttpHandler handler) {
    if (handler instanceof HttpWebHandlerAdapter adapter) {
      ForwardedHeaderTransformer transformer = adapter.getForwardedHeaderTransformer();
      if (transformer != null) {
        adapter.setForwardedHeaderTransformer(new CheckedForwarding(transformer, source));
      }
    } else if (beans.containsBean(WebHttpHandlerBuilder.FORWARDED_HEADER_TRANSFORMER_BEAN_NAME)) {
      throw new InvalidSettingException(
          "the decorators of the HttpHandler",
          "one of them hides the ForwardedHeaderTransformer, so that nobody would look at the path"
              + " that a forwarded header chooses",
          "Make it a bean HttpHandlerDecoratorFactory with an order before"
              + " Ordered.LOWEST_PRECEDENCE, or remove the ForwardedHeaderTransformer");
    }
    return new ReadableTarget(handler);
  }

  /** Next to the transformer: inside of all others. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
