package dev.holdfast.tls.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.RecordFormat;
import org.bouncycastle.tls.RecordPreview;
import org.jspecify.annotations.Nullable;

/** What arrives: whole records in, application data out. */
final class InboundRecords {
  private final ServerProtocol protocol;
  private final byte[] header = new byte[RecordFormat.FRAGMENT_OFFSET];

  InboundRecords(ServerProtocol protocol) {
    this.protocol = protocol;
  }

  /** The size of the next record and what it may contain; null while it has not all arrived. */
  @Nullable RecordPreview preview(ByteBuffer source) throws IOException {
    if (source.remaining() < header.length) {
      return null;
    }
    source.get(source.position(), header);
    RecordPreview preview = protocol.previewInputRecord(header);
    return source.remaining() < preview.getRecordSize() ? null : preview;
  }

  /** Hands over all application data, for which there is room. */
  int drain(ByteBuffer[] destinations, int offset, int length) {
    int available = protocol.getAvailableInputBytes();
    int drained = 0;
    for (int i = offset; i < offset + length && drained < available; i++) {
      int count = Math.min(destinations[i].remaining(), available - drained);
      drained += protocol.readInput(destinations[i], count);
    }
    return drained;
  }
}
