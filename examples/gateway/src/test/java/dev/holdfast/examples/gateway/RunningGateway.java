package dev.holdfast.examples.gateway;

import dev.holdfast.testing.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway as it is started, with settings alone, on a free port. */
final class RunningGateway implements AutoCloseable {
  private final World world;
  private final ConfigurableApplicationContext gateway;

  /**
   * Starts it in front of {@code upstream}.
   *
   * @param more settings, such as {@code --holdfast.dpop.nonce=always}
   */
  RunningGateway(World world, String upstream, String... more) {
    this.world = world;
    this.gateway =
        GatewayApplication.application()
            .run(
                Stream.concat(
                        Stream.of("--gateway.upstream=" + upstream),
                        Arrays.stream(world.issuersAndTls(more)))
                    .toArray(String[]::new));
  }

  int port() {
    return Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /**
   * Calls it on a connection of its own.
   *
   * @param caller whose certificate is shown, or null for none
   * @param headers names and values in turn
   */
  HttpResponse<String> call(
      String method, String path, @Nullable Identity caller, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client(caller).send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, @Nullable Identity caller, String token)
      throws IOException, InterruptedException {
    return call("GET", path, caller, "Authorization", "Bearer " + token);
  }

  /** With a token and a proof under the scheme {@code DPoP}. */
  HttpResponse<String> get(String path, String token, String proof)
      throws IOException, InterruptedException {
    return call("GET", path, null, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  /** The handshake of a WebSocket. */
  WebSocket open(String path, Identity caller, String token, WebSocket.Listener listener) {
    return client(caller)
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + token)
        .buildAsync(URI.create("wss://localhost:" + port() + path), listener)
        .join();
  }

  private HttpClient client(@Nullable Identity caller) {
    return HttpClient.newBuilder()
        .sslContext(caller == null ? world.pki.sslContext() : world.pki.sslContext(caller))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
