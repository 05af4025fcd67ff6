package dev.holdfast.spring.sessions;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.function.UnaryOperator;

/**
 * An asynchronous context whose request is Holdfast's. The container's own has the container's own
 * request, and its session, whenever {@code startAsync()} was called without one (Servlet 6.1
 * section 2.3.3.3). Where it is dispatched to, and with which request, the container decides as
 * ever: the chain guards that request anew.
 */
final class TokenAsync implements AsyncContext {
  private final AsyncContext context;
  private final UnaryOperator<ServletRequest> guarding;

  /**
   * That context.
   *
   * @param guarding says which request it has instead of the container's own
   */
  TokenAsync(AsyncContext context, UnaryOperator<ServletRequest> guarding) {
    this.context = context;
    this.guarding = guarding;
  }

  private AsyncContext with(AsyncContext other) {
    return new TokenAsync(other, guarding);
  }

  @Override
  public ServletRequest getRequest() {
    return guarding.apply(context.getRequest());
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
    context.addListener(TokenListener.of(listener, this::with, guarding));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    context.addListener(TokenListener.of(listener, this::with, guarding), request, response);
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
