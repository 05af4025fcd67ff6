package dev.holdfast.servlet.evidence;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.function.UnaryOperator;

/**
 * An asynchronous context whose request is admitted. The container's own has the container's own
 * request, with everything in it that a peer is not believed in, whenever {@code startAsync()} was
 * called without one (Servlet 6.1 section 2.3.3.3). What happens to it is told with this context.
 */
final class AdmittedAsync implements AsyncContext {
  private final AsyncContext context;
  private final UnaryOperator<ServletRequest> admitting;

  /**
   * That context.
   *
   * @param admitting what makes an admitted request of the container's own
   */
  AdmittedAsync(AsyncContext context, UnaryOperator<ServletRequest> admitting) {
    this.context = context;
    this.admitting = admitting;
  }

  private AsyncContext with(AsyncContext other) {
    return new AdmittedAsync(other, admitting);
  }

  @Override
  public ServletRequest getRequest() {
    return admitting.apply(context.getRequest());
  }

  @Override
  public ServletResponse getResponse() {
    return context.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return context.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    context.dispatch();
  }

  @Override
  public void dispatch(String path) {
    context.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext application, String path) {
    context.dispatch(application, path);
  }

  @Override
  public void complete() {
    context.complete();
  }

  @Override
  public void start(Runnable run) {
    context.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    context.addListener(AdmittedListener.of(listener, this::with, admitting));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    context.addListener(AdmittedListener.of(listener, this::with, admitting), request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return context.createListener(type);
  }

  @Override
  public void setTimeout(long milliseconds) {
    context.setTimeout(milliseconds);
  }

  @Override
  public long getTimeout() {
    return context.getTimeout();
  }
}
