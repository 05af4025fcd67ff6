package dev.holdfast.tls;

import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection whose client decides when each flight goes out, and may be gone in between. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final TokenBindingExchange exchange;
  private byte[] toSay;

  RawClient(TokenBindingClient client, int port) throws IOException {
    socket = new Socket("localhost", port);
    socket.setSoTimeout(20_000);
    exchange = client.exchange();
    toSay = exchange.begin();
  }

  /** Sends the flight that is due. */
  RawClient speak() throws IOException {
    socket.getOutputStream().write(toSay);
    toSay = new byte[0];
    return this;
  }

  /** Reads until the next flight is due, or the handshake has ended. */
  RawClient listen() throws IOException {
    while (toSay.length == 0 && !exchange.isConnected()) {
      byte[] buffer = new byte[4_096];
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        throw new IOException("the server is gone");
      }
      toSay = exchange.take(Arrays.copyOf(buffer, read));
    }
    return this;
  }

  /** The whole handshake. */
  RawClient shakeHands() throws IOException {
    while (!exchange.isConnected() || toSay.length > 0) {
      speak().listen();
    }
    return this;
  }

  /** Sends the first bytes of what was encrypted, all but so many. */
  RawClient say(String text, int butTheLast) throws IOException {
    byte[] record = exchange.say(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(record, 0, record.length - butTheLast);
    return this;
  }

  /** At least one byte of an answer has come. */
  RawClient hear() throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("the server is gone");
    }
    return this;
  }

  /** A reset, not an end: nothing is said, what has come is not read. */
  @Override
  public void close() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
