package dev.holdfast.testing.contract;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;

/** What an application sees of a request, in every way that it can look. */
public final class SeenRequest {
  private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";

  private SeenRequest() {}

  /**
   * Serves the text of {@link Server} at {@code /seen}; with the query {@code async}, what the
   * request of an asynchronous context shows, and with {@code async-timeout} that of the event
   * which ends one, and with {@code async-supplied} the request that this event has.
   */
  public static void describe(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getInputStream().readAllBytes(); // what is behind the body can be read then
    String query = String.valueOf(request.getQueryString());
    if (query.equals("async")) {
      AsyncContext async = request.startAsync();
      response.getWriter().print(describe((HttpServletRequest) async.getRequest()));
      async.complete();
    } else if (query.equals("async-timeout") || query.equals("async-supplied")) {
      boolean supplied = query.equals("async-supplied");
      AsyncContext async = request.startAsync();
      async.setTimeout(1000); // Jetty may lose one that ends before the servlet has returned
      async.addListener(new Timeout(supplied));
    } else {
      response.getWriter().print(describe(request));
    }
  }

  private static final class Timeout implements AsyncListener {
    private final boolean supplied;

    Timeout(boolean supplied) {
      this.supplied = supplied;
    }

    /** Undertow's event has no request, where none was supplied. */
    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      AsyncContext context = event.getAsyncContext();
      ServletRequest request = supplied ? event.getSuppliedRequest() : context.getRequest();
      context
          .getResponse()
          .getWriter()
          .print(describe((HttpServletRequest) (request == null ? context.getRequest() : request)));
      context.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  private static String describe(HttpServletRequest request) {
    StringBuilder text = new StringBuilder();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        text.append(name.toLowerCase(Locale.ROOT)).append(": ").append(value).append('\n');
      }
    }
    for (String name : new String[] {"Client-Cert", "Client_Cert", "X-Proxy", "X_Proxy"}) {
      text.append("by name: ").append(request.getHeader(name)).append('\n');
    }
    if (request.isTrailerFieldsReady()) {
      request
          .getTrailerFields()
          .forEach((name, value) -> text.append("trailer: ").append(value).append('\n'));
    }
    return text.append("beneath: ")
        .append(thumbprint(innermost(request)))
        .append("\nremote: ")
        .append(request.getRemoteAddr())
        .append("\ncertificate: ")
        .append(thumbprint(request))
        .append('\n')
        .toString();
  }

  /** The container's own, which its own parts look at. */
  private static ServletRequest innermost(ServletRequest request) {
    ServletRequest layer = request;
    while (layer instanceof ServletRequestWrapper wrapper) {
      layer = wrapper.getRequest();
    }
    return layer;
  }

  private static String thumbprint(ServletRequest request) {
    Object chain = request.getAttribute(CERTIFICATE);
    boolean named = Collections.list(request.getAttributeNames()).contains(CERTIFICATE);
    boolean empty = chain instanceof X509Certificate[] all && all.length == 0;
    if ((chain == null && !named) || empty) {
      return "none";
    }
    try {
      byte[] der = ((X509Certificate[]) chain)[0].getEncoded();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
