package dev.holdfast.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.holdfast.http.ReceivedRequest;
import dev.holdfast.internal.net.IpAddress;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What came over the wire, before anybody is believed. */
record ReceivedExchange(HttpExchange exchange) implements ReceivedRequest {

  @Override
  public List<String> headers(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null ? List.of() : values;
  }

  @Override
  public Iterator<String> headerNames() {
    return exchange.getRequestHeaders().keySet().iterator();
  }

  @Override
  public @Nullable String path() {
    return exchange.getRequestURI().getRawPath();
  }

  @Override
  public String scheme() {
    return exchange instanceof HttpsExchange ? "https" : "http";
  }

  @Override
  public String authority() {
    return "localhost:" + exchange.getLocalAddress().getPort();
  }

  @Override
  public @Nullable IpAddress peer() {
    return IpAddress.parse(exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    try {
      return exchange instanceof HttpsExchange tls
              && tls.getSSLSession().getPeerCertificates()[0] instanceof X509Certificate leaf
          ? leaf
          : null;
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }
}
