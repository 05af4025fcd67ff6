package dev.holdfast.testing;

import dev.holdfast.testing.ExportingConnection.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection of a {@link TokenBindingClient}, and HTTP/1.1 over it. One request at a time.
 */
public final class TokenBindingConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final OfferingTlsClient client;
  private final OfferingClientProtocol protocol;
  private final String authority;

  private TokenBindingConnection(
      OfferingTlsClient client, OfferingClientProtocol protocol, String authority) {
    this.client = client;
    this.protocol = protocol;
    this.authority = authority;
  }

  static TokenBindingConnection over(Socket socket, TokenBindingClient options, String host)
      throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    OfferingTlsClient client = new OfferingTlsClient(options, host);
    OfferingClientProtocol protocol =
        new OfferingClientProtocol(client, socket.getInputStream(), socket.getOutputStream());
    protocol.connect(client);
    return new TokenBindingConnection(client, protocol, host + ":" + socket.getPort());
  }

  /** What the handshake agreed on: TokenBindingKeyParameters, 0 to 255; null for nothing. */
  public @Nullable Integer negotiated() {
    byte[] answer = client.answer();
    return answer == null ? null : answer[3] & 0xff;
  }

  /**
   * This connection's 32 bytes.
   *
   * @throws IllegalStateException in TLS 1.2 without extended master secret
   */
  public byte[] keyingMaterial() {
    byte[] exported = client.keyingMaterial();
    if (exported == null) {
      throw new IllegalStateException("nothing is exported without extended master secret");
    }
    return exported.clone();
  }

  /** Whether a session was resumed. */
  public boolean isResumed() {
    return client.isResumed();
  }

  /** What ALPN agreed on, empty for nothing. */
  public String applicationProtocol() {
    return client.applicationProtocol();
  }

  /** What the server says, decrypted. */
  public InputStream input() {
    return protocol.getInputStream();
  }

  /** What is said to the server. */
  public OutputStream output() {
    return protocol.getOutputStream();
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param target the path and the query
   * @param fields header fields, each {@code name: value}
   * @param body the content, empty for none
   */
  public Answer send(String method, String target, List<String> fields, String body)
      throws IOException {
    return Http1.exchange(
        input(), output(), authority, new Http1.Request(method, target, fields, body));
  }

  @Override
  public void close() {
    try {
      protocol.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
