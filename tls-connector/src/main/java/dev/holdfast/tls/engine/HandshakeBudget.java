package dev.holdfast.tls.engine;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

/** Counts what a client costs against {@link Limits}, and ends what goes beyond. */
final class HandshakeBudget {
  private final Limits limits;
  private final LongSupplier nanos;
  private long began;
  private int bytes;
  private int silent;

  HandshakeBudget(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
  }

  void begin() {
    began = nanos.getAsLong();
  }

  void requireTime(ServerProtocol protocol) throws IOException {
    if (nanos.getAsLong() - began > limits.handshakeNanos()) {
      end(protocol, AlertDescription.user_canceled, "the handshake takes too long");
    }
  }

  void spend(ServerProtocol protocol, int more) throws IOException {
    bytes += more;
    if (bytes > limits.handshakeBytes()) {
      end(protocol, AlertDescription.internal_error, "the handshake is too large");
    }
  }

  /** After each record of an established connection. */
  void requireTalk(ServerProtocol protocol, int applicationBytes) throws IOException {
    silent = applicationBytes > 0 ? 0 : silent + 1;
    if (silent > Limits.IDLE_RECORDS) {
      end(protocol, AlertDescription.unexpected_message, "too many records that say nothing");
    }
  }

  private static void end(ServerProtocol protocol, short alert, String message) throws IOException {
    protocol.fail(alert, message);
    throw new TlsFatalAlert(alert, message);
  }
}
