package dev.holdfast.tls.engine.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.RecordFormat;
import org.bouncycastle.tls.RecordPreview;
import org.jspecify.annotations.Nullable;

/** What arrives: whole records in, application data out. */
public final class InboundRecords {
  private final ServerProtocol protocol;
  private final byte[] header = new byte[RecordFormat.FRAGMENT_OFFSET];

  public InboundRecords(ServerProtocol protocol) {
    this.protocol = protocol;
  }

  /** The size of the next record and what it may contain; null while it has not all arrived. */
  public @Nullable RecordPreview preview(ByteBuffer source) throws IOException {
    if (source.remaining() < header.length) {
      return null;
    }
    source.get(source.position(), header);
    RecordPreview preview = protocol.previewInputRecord(header);
    return source.remaining() < preview.getRecordSize() ? null : preview;
  }

  /**
   * Takes a record of an established connection.
   *
   * @param size the record's, which has arrived
   * @param destinations those with room for all that it may contain
   * @return the bytes of application data
   */
  public int receive(ByteBuffer source, int size, ByteBuffer[] destinations, int offset, int length)
      throws IOException {
    GcmRecords cipher = protocol.gcmRecords();
    int start = source.position();
    if (cipher != null
        && !source.isReadOnly()
        && source.get(start) == ContentType.application_data
        && protocol.getAvailableInputBytes() == 0
        && !protocol.isMidMessage()) {
      ByteBuffer content = source.duplicate().limit(start + size);
      OtherRecord other = cipher.open(content);
      source.position(start + size);
      if (other == null) {
        return Buffers.scatter(content, destinations, offset, length);
      }
      protocol.take(other);
      return 0;
    }
    byte[] record = new byte[size];
    source.get(record);
    protocol.offerInput(record, 0, size);
    return drain(destinations, offset, length);
  }

  /** Hands over all application data, for which there is room. */
  public int drain(ByteBuffer[] destinations, int offset, int length) {
    int available = protocol.getAvailableInputBytes();
    int drained = 0;
    for (int i = offset; i < offset + length && drained < available; i++) {
      int count = Math.min(destinations[i].remaining(), available - drained);
      drained += protocol.readInput(destinations[i], count);
    }
    return drained;
  }
}
