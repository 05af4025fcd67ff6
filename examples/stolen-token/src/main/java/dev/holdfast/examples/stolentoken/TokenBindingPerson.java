package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.ExportingConnection;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Someone who sends a Token Binding message, each time over a connection of its own. */
final class TokenBindingPerson implements Person {

  private final TokenBindingClient client;
  private final Function<byte[], String> message;
  private @Nullable String sent;

  private TokenBindingPerson(TokenBindingClient client, Function<byte[], String> message) {
    this.client = client;
    this.message = message;
  }

  /** Someone who holds this key. */
  static TokenBindingPerson holding(TokenBindingKey key, TokenBindingClient client) {
    return new TokenBindingPerson(client, key::header);
  }

  /** Someone who holds one key for this server, and refers to the one for another. */
  static TokenBindingPerson referring(
      TokenBindingKey key, TokenBindingKey elsewhere, TokenBindingClient client) {
    return new TokenBindingPerson(client, bytes -> key.header(bytes, elsewhere));
  }

  /** Someone who saw what another one sent last, and sends it again. */
  static TokenBindingPerson repeating(TokenBindingPerson other, TokenBindingClient client) {
    return new TokenBindingPerson(client, bytes -> other.captured());
  }

  private String captured() {
    if (sent == null) {
      throw new IllegalStateException("nothing was sent yet");
    }
    return sent;
  }

  @Override
  public Answer send(URI uri, Call call) throws IOException {
    try (TokenBindingConnection connection = client.connect(uri.getHost(), uri.getPort())) {
      sent = message.apply(connection.keyingMaterial());
      List<String> fields =
          call.with("Sec-Token-Binding", sent).fields().stream()
              .map(field -> field.name() + ": " + field.value())
              .toList();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      ExportingConnection.Answer answer =
          connection.send(call.method(), uri.getRawPath() + query, fields, call.body());
      String challenge = answer.field("WWW-Authenticate");
      return new Answer(
          answer.status(), challenge == null ? List.of() : List.of(challenge), answer.body());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
