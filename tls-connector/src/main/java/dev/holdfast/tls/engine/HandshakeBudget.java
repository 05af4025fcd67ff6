package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.handshake.Limits;
import dev.holdfast.tls.engine.record.ServerProtocol;
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
  private int skipped;
  private int silent;
  private int asked;
  private int askedEver;
  private int written;

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

  /** Early data that is passed over (RFC 8446 section 4.2.10). */
  void skip(ServerProtocol protocol, int more) throws IOException {
    skipped += more;
    if (skipped > Limits.EARLY_DATA_BYTES) {
      end(protocol, AlertDescription.unexpected_message, "too much early data");
    }
  }

  /**
   * After each record that has arrived on an established connection. A client that only listens
   * says nothing for long: what it was asked to say is not counted, and while it is sent much it
   * may say a little.
   */
  void requireTalk(ServerProtocol protocol, int applicationBytes) throws IOException {
    if (applicationBytes > 0) {
      silent = 0;
    } else if (asked > 0) {
      asked--;
    } else {
      silent++;
    }
    if (silent > Limits.IDLE_RECORDS) {
      end(protocol, AlertDescription.unexpected_message, "too many records that say nothing");
    }
  }

  /**
   * After each attempt to send something.
   *
   * @param record whether a record of application data has left
   * @param keyUpdates how often the client was asked for new keys on this connection
   */
  void wrote(boolean record, int keyUpdates) {
    asked += keyUpdates - askedEver;
    askedEver = keyUpdates;
    written += record ? 1 : 0;
    if (written >= Limits.RECORDS_FOR_A_SILENT_ONE) {
      written = 0;
      silent = Math.max(0, silent - 1);
    }
  }

  private static void end(ServerProtocol protocol, short alert, String message) throws IOException {
    protocol.fail(alert, message);
    throw new TlsFatalAlert(alert, message);
  }
}
