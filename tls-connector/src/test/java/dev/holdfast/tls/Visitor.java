package dev.holdfast.tls;

import dev.holdfast.testing.TokenBindingKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A browser with a Token Binding key or none, which makes a new connection for each request, signs
 * that connection's keying material, and keeps cookies by name.
 */
final class Visitor {
  private final SSLContext tls;
  private final String protocol;
  private final @Nullable TokenBindingKey key;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final List<String> exported = new ArrayList<>();

  Visitor(SSLContext tls, String protocol, @Nullable TokenBindingKey key) {
    this.tls = tls;
    this.protocol = protocol;
    this.key = key;
  }

  /** Another's cookies, copied. */
  Visitor withStolen(Visitor owner) {
    cookies.clear();
    cookies.putAll(owner.cookies);
    return this;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /** What each connection exported, in their order. */
  List<String> exported() {
    return exported;
  }

  /** The answer on a connection of its own; headers are lines. */
  TlsClient.Answer visit(int port, String path, String... headers) throws IOException {
    try (TlsClient connection = TlsClient.connect(tls, port, protocol)) {
      exported.add(connection.ekmInHex());
      List<String> lines = new ArrayList<>(Arrays.asList(headers));
      if (key != null) {
        lines.add("Sec-Token-Binding: " + key.header(connection.ekm()));
      }
      if (!cookies.isEmpty()) {
        lines.add("Cookie: " + joined());
      }
      TlsClient.Answer answer = connection.ask(path, lines.toArray(String[]::new));
      answer.values("set-cookie").forEach(this::keep);
      return answer;
    }
  }

  /** All cookies, as the value of one field. */
  String joined() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private void keep(String line) {
    String pair = line.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    if (line.contains("Max-Age=0") || line.matches(".*01[- ]Jan[- ]1970.*")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(pair.indexOf('=') + 1));
    }
  }
}
