package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.handshake.ConnectionCrypto;
import dev.holdfast.tls.engine.handshake.Handshake;
import dev.holdfast.tls.engine.handshake.ServerPeer;
import dev.holdfast.tls.engine.record.Buffers;
import dev.holdfast.tls.engine.record.InboundRecords;
import dev.holdfast.tls.engine.record.OutboundRecords;
import dev.holdfast.tls.engine.record.ServerProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.RecordPreview;
import org.jspecify.annotations.Nullable;

/**
 * Carries records between a container's buffers and the protocol, which is handed whole records
 * only. When it may do so, its connection's {@link ConnectionState} knows.
 */
final class RecordExchange {
  private final Handshake handshake;
  private final ServerProtocol protocol = new ServerProtocol();
  private final InboundRecords inbound = new InboundRecords(protocol);
  private final HandshakeBudget budget;
  private final EarlyData early;
  private boolean cut;

  RecordExchange(Handshake handshake) {
    this.handshake = handshake;
    this.budget = new HandshakeBudget(handshake.limits(), handshake.nanos());
    this.early = new EarlyData(protocol, budget);
  }

  void begin() throws SSLException {
    handshake.begin();
    budget.begin();
    try {
      protocol.accept(
          new ServerPeer(handshake, new ConnectionCrypto(handshake.crypto(), protocol::use)));
    } catch (IOException e) {
      throw new SSLException(e);
    }
  }

  boolean isHandshaking() {
    return protocol.isHandshaking();
  }

  /** Both directions are over, but for records that wait. */
  boolean isClosed() {
    return protocol.isClosed();
  }

  boolean hasOutput() {
    return protocol.hasEarlyAlert() || protocol.getAvailableOutputBytes() > 0;
  }

  /** The container has said that nothing more would come. */
  boolean isCut() {
    return cut;
  }

  boolean isInputOver() {
    return cut || protocol.hasReceivedCloseNotify() || protocol.isClosed();
  }

  boolean isOutputOver() {
    return protocol.hasSentCloseNotify() && !hasOutput();
  }

  /** Moves waiting records; false when there is no room for the first of them. */
  boolean flush(ByteBuffer destination) {
    return !hasOutput() || OutboundRecords.flush(protocol, destination) > 0;
  }

  /** Moves waiting records, or encrypts as much application data as fits into one. */
  Status write(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws IOException {
    if (hasOutput()) {
      if (!flush(destination)) {
        return Status.BUFFER_OVERFLOW;
      }
    } else if (!protocol.hasSentCloseNotify()) {
      boolean any = Buffers.remaining(sources, offset, length) > 0;
      if (any && !OutboundRecords.encrypt(protocol, sources, offset, length, destination)) {
        return Status.BUFFER_OVERFLOW;
      }
      budget.wrote(any, protocol.keyUpdates());
    }
    return isOutputOver() ? Status.CLOSED : Status.OK;
  }

  /** Reads a record of an established connection. */
  Status read(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
      throws IOException {
    RecordPreview next = inbound.preview(source);
    if (next == null) {
      return Status.BUFFER_UNDERFLOW;
    }
    if (Buffers.remaining(destinations, offset, length) < next.getContentLimit()) {
      return Status.BUFFER_OVERFLOW;
    }
    int produced = inbound.receive(source, next.getRecordSize(), destinations, offset, length);
    budget.requireTalk(protocol, produced);
    return isInputOver() ? Status.CLOSED : Status.OK;
  }

  /** Passes over a record of early data, if that is the next one. */
  boolean skip(ByteBuffer source) throws IOException {
    budget.requireTime(protocol);
    return early.skip(source);
  }

  /** The next record of the handshake; null while it has not all arrived. */
  @Nullable RecordPreview preview(ByteBuffer source) throws IOException {
    return early.isIncomplete(source) ? null : inbound.preview(source);
  }

  /** Takes a record of the handshake out of its buffer, and counts it. */
  byte[] take(ByteBuffer source, int size) throws IOException {
    byte[] record = new byte[size];
    source.get(record);
    budget.spend(protocol, size);
    return record;
  }

  boolean isDelegated(byte[] record) {
    return handshake.isDelegated(record[0], protocol);
  }

  /** Has a record of the handshake read. */
  void offer(byte[] record) throws IOException {
    protocol.offerInput(record, 0, record.length);
  }

  /** Hands over what application data there is. */
  void drain(ByteBuffer[] destinations, int offset, int length) {
    inbound.drain(destinations, offset, length);
  }

  /**
   * The transport has ended before the client said that it would.
   *
   * @throws SSLException always
   */
  void cut() throws IOException {
    cut = true;
    protocol.cut();
    throw new SSLException("closing inbound before receiving peer's close_notify");
  }

  void closeOutput() throws IOException {
    protocol.closeOutput();
  }

  /** Something could not be written: nothing more will be. */
  void failWriting() {
    protocol.failWriting();
  }
}
