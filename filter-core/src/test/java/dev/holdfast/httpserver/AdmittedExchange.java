package dev.holdfast.httpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The exchange as the application may see it: without the header fields that are hidden from it,
 * and without the certificate of the connection, whose place {@link ExchangeEvidence} takes.
 */
final class AdmittedExchange extends HttpExchange {
  private final HttpExchange received;
  private final Headers headers = new Headers();
  private final Map<String, String> responseHeaders;

  AdmittedExchange(
      HttpExchange received, Predicate<String> hidden, Map<String, String> responseHeaders) {
    this.received = received;
    this.responseHeaders = responseHeaders;
    received
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!hidden.test(name)) {
                headers.put(name, values);
              }
            });
  }

  @Override
  public Headers getRequestHeaders() {
    return headers;
  }

  /** What the decision brings is for this client alone, and no cache may keep it. */
  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    responseHeaders.forEach(getResponseHeaders()::set);
    if (!responseHeaders.isEmpty()) {
      getResponseHeaders().set("Cache-Control", "no-store");
    }
    received.sendResponseHeaders(status, length);
  }

  @Override
  public Headers getResponseHeaders() {
    return received.getResponseHeaders();
  }

  @Override
  public URI getRequestURI() {
    return received.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return received.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return received.getHttpContext();
  }

  @Override
  public void close() {
    received.close();
  }

  @Override
  public InputStream getRequestBody() {
    return received.getRequestBody();
  }

  @Override
  public OutputStream getResponseBody() {
    return received.getResponseBody();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return received.getRemoteAddress();
  }

  @Override
  public int getResponseCode() {
    return received.getResponseCode();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return received.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return received.getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return received.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    received.setAttribute(name, value);
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    received.setStreams(in, out);
  }

  @Override
  public HttpPrincipal getPrincipal() {
    return received.getPrincipal();
  }
}
