package dev.holdfast.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Identity;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A handshake is a request: an endpoint that the container has found is behind the filter. */
interface WebSocketCases extends WithServer {
  /** The application in the shape of the README, which has the endpoint. */
  String README = "readme";

  private String bound() {
    return fixture().issuer().jwt(fixture().boundClaims());
  }

  @Test
  default void aHandshakeWithTheRightCertificatePasses() throws Exception {
    assertThat(said(fixture().rightful(), bound())).isEqualTo("alice");
  }

  @Test
  default void aHandshakeWithAStolenTokenIsRefused() {
    String token = bound();
    assertThatThrownBy(() -> said(fixture().thief(), token))
        .isInstanceOfSatisfying(
            ExecutionException.class, refused -> assertThat(status(refused)).isEqualTo(401));
  }

  @Test
  default void aHandshakeWithoutATokenIsRefused() {
    assertThatThrownBy(() -> said(fixture().rightful(), null))
        .isInstanceOfSatisfying(
            ExecutionException.class, refused -> assertThat(status(refused)).isEqualTo(401));
  }

  private static int status(ExecutionException refused) {
    return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
  }

  private String said(Identity identity, @Nullable String token) throws Exception {
    deployments().deployReadmeOnce(README);
    return said(deployments(), README, identity, token);
  }

  /** The first text of the endpoint in that application. */
  static String said(
      Deployments deployments, String application, Identity identity, @Nullable String token)
      throws Exception {
    Words words = new Words();
    WebSocket.Builder builder =
        deployments.client(identity).newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    URI uri =
        URI.create("wss://localhost:" + deployments.port() + '/' + application + "/api/socket");
    WebSocket socket = builder.buildAsync(uri, words).get(20, TimeUnit.SECONDS);
    String first = words.first.get(20, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    words.closed.get(20, TimeUnit.SECONDS);
    return first;
  }

  /** What comes over the socket. */
  final class Words implements WebSocket.Listener {
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      first.complete(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      first.completeExceptionally(error);
      closed.completeExceptionally(error);
    }
  }
}
