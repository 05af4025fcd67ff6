package dev.holdfast.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A listener that is shown the admitted context in each event, not the container's own. */
final class AdmittedListener implements AsyncListener {
  private final AsyncListener listener;
  private final Hop hop;

  AdmittedListener(AsyncListener listener, Hop hop) {
    this.listener = listener;
    this.hop = hop;
  }

  private AsyncEvent admitted(AsyncEvent event) {
    @Nullable AsyncContext context = event.getAsyncContext();
    return context == null
        ? event
        : new AsyncEvent(
            new AdmittedAsync(context, hop),
            event.getSuppliedRequest(),
            event.getSuppliedResponse(),
            event.getThrowable());
  }

  @Override
  public void onComplete(AsyncEvent event) throws IOException {
    listener.onComplete(admitted(event));
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    listener.onTimeout(admitted(event));
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    listener.onError(admitted(event));
  }

  @Override
  public void onStartAsync(AsyncEvent event) throws IOException {
    listener.onStartAsync(admitted(event));
  }
}
