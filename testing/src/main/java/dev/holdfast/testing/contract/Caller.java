package dev.holdfast.testing.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** An HTTP client with one identity, or none, talking to one server. */
public final class Caller {
  /** What stands before the path of a target, which is absolute or not. */
  private static final Pattern TARGET = Pattern.compile("^(\\S+ (?:https?://[^/]+)?)");

  private final HttpClient client;
  private final SSLContext tls;
  private final int port;
  private final String contextPath;

  Caller(SSLContext tls, int port, String contextPath, HttpClient.Version version) {
    this.client = HttpClient.newBuilder().sslContext(tls).version(version).build();
    this.tls = tls;
    this.port = port;
    this.contextPath = contextPath;
  }

  /** {@code GET} with the token under {@code Bearer}. */
  public HttpResponse<String> get(String path, String token) {
    return get(path, token, new String[0]);
  }

  /** The same with more headers, names and values in turn. */
  HttpResponse<String> get(String path, String token, String... more) {
    List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + token));
    headers.addAll(List.of(more));
    return send("GET", path, headers.toArray(new String[0]));
  }

  /** Any method; the headers are names and values in turn. */
  public HttpResponse<String> send(String method, String path, String... headers) {
    try {
      return client.send(request(method, path, headers), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code POST} of a body; the headers are names and values in turn. */
  public HttpResponse<String> post(String path, String contentType, String body, String... more) {
    List<String> headers = new ArrayList<>(List.of("Content-Type", contentType));
    headers.addAll(List.of(more));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + contextPath + path))
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(body))
            .headers(headers.toArray(new String[0]))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> getLater(String path, String token) {
    return client.sendAsync(
        request("GET", path, "Authorization", "Bearer " + token), BodyHandlers.ofString());
  }

  /**
   * Sends these bytes on a connection of their own and reads until the server closes it. The target
   * is put below the context path.
   */
  RawResponse raw(String head) {
    return RawResponse.exchange(tls, port, TARGET.matcher(head).replaceFirst("$1" + contextPath));
  }

  private HttpRequest request(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + contextPath + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }
}
