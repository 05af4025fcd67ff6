package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.record.GcmRecords;
import dev.holdfast.tls.engine.record.ServerProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.RecordFormat;

/**
 * Early data of a client that brings another server's ticket: its records are passed over, up to a
 * limit (RFC 8446 section 4.2.10). This server has no key for them and hands nothing of them over.
 */
final class EarlyData {
  private static final int MAX_SIZE = RecordFormat.FRAGMENT_OFFSET + 16_384 + 256;

  private final ServerProtocol protocol;
  private final HandshakeBudget budget;
  private boolean over;

  EarlyData(ServerProtocol protocol, HandshakeBudget budget) {
    this.protocol = protocol;
    this.budget = budget;
  }

  /** Whether the next record may be early data, and has not all arrived. */
  boolean isIncomplete(ByteBuffer source) {
    return mayComeIn(source) && source.remaining() < size(source) && size(source) <= MAX_SIZE;
  }

  /** Passes over the next record, if it has arrived and is early data. */
  boolean skip(ByteBuffer source) throws IOException {
    if (!mayComeIn(source) || source.remaining() < size(source) || size(source) > MAX_SIZE) {
      return false;
    }
    byte[] record = new byte[size(source)];
    source.get(source.position(), record);
    GcmRecords cipher = protocol.handshakeRecords();
    over = cipher != null && cipher.recognizes(ByteBuffer.wrap(record));
    if (over) {
      return false; // the client's handshake goes on
    }
    budget.skip(protocol, record.length);
    source.position(source.position() + record.length);
    return true;
  }

  private boolean mayComeIn(ByteBuffer source) {
    return !over
        && protocol.expectsEarlyData()
        && source.hasRemaining()
        && source.get(source.position()) == ContentType.application_data;
  }

  /** Of the next record; its header alone while not even that has arrived. */
  private static int size(ByteBuffer source) {
    if (source.remaining() < RecordFormat.FRAGMENT_OFFSET) {
      return RecordFormat.FRAGMENT_OFFSET;
    }
    int at = source.position() + RecordFormat.LENGTH_OFFSET;
    int length = (source.get(at) & 0xff) << Byte.SIZE | (source.get(at + 1) & 0xff);
    return RecordFormat.FRAGMENT_OFFSET + length;
  }
}
