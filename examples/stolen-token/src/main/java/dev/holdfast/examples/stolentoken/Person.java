package dev.holdfast.examples.stolentoken;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** Someone who calls over TLS, with or without a certificate. */
final class Person {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;

  /** Someone with this key, or without one. */
  Person(SSLContext tls) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .connectTimeout(PATIENCE)
            .build();
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param content adds to the request what makes it this one
   */
  HttpResponse<String> send(URI uri, Consumer<HttpRequest.Builder> content) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    content.accept(request);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
