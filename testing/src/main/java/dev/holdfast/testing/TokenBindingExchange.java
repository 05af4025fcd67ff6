package dev.holdfast.testing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link TokenBindingClient} without a transport: bytes in, bytes out. */
public final class TokenBindingExchange {
  private final OfferingTlsClient client;
  private final OfferingClientProtocol protocol;

  TokenBindingExchange(TokenBindingClient options, RecordRewriting rewriting) {
    client = new OfferingTlsClient(options, "localhost");
    protocol = new OfferingClientProtocol(client, rewriting);
  }

  /** The ClientHello. */
  public byte[] begin() throws IOException {
    protocol.connect(client);
    return output();
  }

  /**
   * Takes what the server said.
   *
   * @return what there is to say
   * @throws IOException when the handshake fails, here or there
   */
  public byte[] take(byte[] bytes) throws IOException {
    protocol.offerInput(bytes);
    return output();
  }

  /** Encrypts application data. */
  public byte[] say(byte[] data) throws IOException {
    protocol.writeApplicationData(data, 0, data.length);
    return output();
  }

  /** The application data that has come. */
  public byte[] heard() {
    byte[] text = new byte[protocol.getAvailableInputBytes()];
    protocol.readInput(text, 0, text.length);
    return text;
  }

  private byte[] output() {
    byte[] out = new byte[protocol.getAvailableOutputBytes()];
    protocol.readOutput(out, 0, out.length);
    return out;
  }

  /** Whether the handshake has ended well. */
  public boolean isConnected() {
    return protocol.isConnected();
  }

  /** Whether a session was resumed. */
  public boolean isResumed() {
    return client.isResumed();
  }

  /** The content of the server's extension as it was sent on this connection, or null. */
  public byte @Nullable [] answer() {
    byte[] answer = client.answer();
    return answer == null ? null : answer.clone();
  }

  /** The 32 bytes; null without extended master secret. */
  public byte @Nullable [] keyingMaterial() {
    byte[] exported = client.keyingMaterial();
    return exported == null ? null : exported.clone();
  }

  /** The description of the last alert that came, or -1. */
  public int alert() {
    return client.alertReceived();
  }
}
