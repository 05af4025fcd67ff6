package dev.holdfast.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A browser with one key or none: it keeps one cookie of each name, and shows what it was told. */
final class Browser {
  private static final Pattern PATH = Pattern.compile("(?i); *path=([^;]*)");

  private final HttpClient client;
  private final String base;
  private final StartedServer server;
  private final Map<String, String> cookies;
  private final Map<String, String> paths = new HashMap<>();

  private Browser(
      HttpClient client, String base, StartedServer server, Map<String, String> cookies) {
    this.client = client;
    this.base = base;
    this.server = server;
    this.cookies = cookies;
  }

  Browser(SSLContext tls, StartedServer server, HttpClient.Version version) {
    this(
        HttpClient.newBuilder().sslContext(tls).version(version).build(),
        "https://localhost:" + server.port(),
        server,
        new LinkedHashMap<>());
  }

  /** The same browser without TLS, where it heeds no {@code Secure}. */
  Browser plainly() {
    return new Browser(client, "http://localhost:" + server.plainPort(), server, cookies);
  }

  /** Another browser's cookies, copied. */
  Browser withStolen(Browser owner) {
    cookies.putAll(owner.cookies);
    return this;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /** The request without following where it leads; headers are names and values in turn. */
  HttpResponse<String> send(String method, String target, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookieField());
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String target, String... headers) {
    return send("GET", target, headers);
  }

  /** The page, after at most one redirect. */
  String page(String target) {
    HttpResponse<String> response = get(target);
    if (response.statusCode() == 307) {
      String location = response.headers().firstValue("location").orElseThrow();
      response = get(URI.create(target).resolve(location).toString());
    }
    return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
  }

  /** What it sends. */
  String cookieField() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** A line that clears a cookie of another path leaves this one alone (RFC 6265, 5.3). */
  private void keep(String line) {
    String pair = line.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('=')).trim();
    Matcher attribute = PATH.matcher(line);
    String path = attribute.find() ? attribute.group(1).trim() : "";
    if (line.contains("Max-Age=0")
        || line.contains("01 Jan 1970")
        || line.contains("01-Jan-1970")) {
      if (path.equals(paths.getOrDefault(name, path))) {
        cookies.remove(name);
        paths.remove(name);
      }
    } else {
      cookies.put(name, pair.substring(pair.indexOf('=') + 1).trim());
      paths.put(name, path);
    }
  }

  /** Every line that sets or clears that cookie. */
  static List<String> lines(HttpResponse<?> response, String name) {
    return response.headers().allValues("set-cookie").stream()
        .filter(line -> line.trim().replace(" =", "=").startsWith(name + "="))
        .toList();
  }
}
