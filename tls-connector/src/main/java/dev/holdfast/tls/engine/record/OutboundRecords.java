package dev.holdfast.tls.engine.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.RecordFormat;
import org.bouncycastle.tls.RecordPreview;

/** What leaves: whole records. */
public final class OutboundRecords {
  private static final int KEY_UPDATE_BYTES = 5;
  private static final byte TLS12_MINOR = 3;

  private OutboundRecords() {}

  /**
   * Moves waiting records, all or as many as fit. Records say that they are of TLS 1.2 (RFC 8446
   * section 5.1). Bouncy Castle gives an alert the client's highest version until one is chosen.
   *
   * @return the bytes moved, zero when the first one does not fit
   */
  public static int flush(ServerProtocol protocol, ByteBuffer destination) {
    if (protocol.hasEarlyAlert()) {
      return protocol.takeEarlyAlert(destination);
    }
    int moved = 0;
    while (protocol.getAvailableOutputBytes() > 0) {
      int record = protocol.previewOutputRecord();
      if (record > destination.remaining()) {
        break;
      }
      int version = destination.position() + RecordFormat.VERSION_OFFSET;
      moved += protocol.readOutput(destination, record);
      if ((destination.get(version + 1) & 0xff) > TLS12_MINOR) {
        destination.put(version + 1, TLS12_MINOR);
      }
    }
    return moved;
  }

  /**
   * Encrypts as much as fits into one record.
   *
   * @return false when there is no room for it
   */
  public static boolean encrypt(
      ServerProtocol protocol, ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws IOException {
    int wanted = 0;
    int limit = protocol.getApplicationDataLimit();
    for (int i = offset; i < offset + length && wanted < limit; i++) {
      wanted += Math.min(sources[i].remaining(), limit - wanted);
    }
    RecordPreview preview = protocol.previewOutputRecord(wanted);
    GcmRecords cipher = protocol.gcmRecords();
    if (cipher != null && preview.getRecordSize() == cipher.recordSize(wanted)) {
      return seal(protocol, cipher, sources, offset, wanted, destination);
    }
    if (destination.remaining() < preview.getRecordSize()) {
      return false;
    }
    byte[] plaintext = new byte[preview.getContentLimit()];
    Buffers.gather(sources, offset, plaintext.length, ByteBuffer.wrap(plaintext));
    protocol.writeApplicationData(plaintext, 0, plaintext.length);
    protocol.readOutput(destination, protocol.getAvailableOutputBytes());
    return true;
  }

  /** Without Bouncy Castle's record layer, which has nothing to send before. */
  private static boolean seal(
      ServerProtocol protocol,
      GcmRecords cipher,
      ByteBuffer[] sources,
      int offset,
      int count,
      ByteBuffer destination)
      throws IOException {
    boolean renews = cipher.needsNewKey();
    int room = cipher.recordSize(count) + (renews ? cipher.recordSize(KEY_UPDATE_BYTES) : 0);
    if (destination.remaining() < room) {
      return false;
    }
    if (renews) {
      protocol.updateKeys();
      protocol.readOutput(destination, protocol.getAvailableOutputBytes());
    }
    cipher.seal(ContentType.application_data, sources, offset, count, destination);
    return true;
  }
}
