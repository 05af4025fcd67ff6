package dev.holdfast.tls.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.tls.RecordPreview;
import org.jspecify.annotations.Nullable;

/**
 * Carries records between a container's buffers and the protocol, by the contract of {@link
 * javax.net.ssl.SSLEngine}.
 *
 * <ul>
 *   <li>The protocol is handed whole records only.
 *   <li>Handshake records run as a delegated task, except the client's Finished: FINISHED is said
 *       by wrap or unwrap, and containers look for it there.
 *   <li>What goes wrong in the handshake comes out of wrap, after the alert has: containers let
 *       nothing out once unwrap has thrown.
 * </ul>
 */
final class RecordExchange {
  private final Handshake handshake;
  private final InboundRecords inbound;
  private final ReentrantLock lock = new ReentrantLock();
  private final ServerProtocol protocol = new ServerProtocol();
  private final HandshakeBudget budget;
  private final EarlyData early;

  private volatile boolean begun;
  private volatile boolean closedEarly;
  private final HandshakeTask task = new HandshakeTask();
  private boolean inboundClosed;

  RecordExchange(Handshake handshake) {
    this.handshake = handshake;
    this.budget = new HandshakeBudget(handshake.limits(), handshake.nanos());
    this.early = new EarlyData(protocol, budget);
    this.inbound = new InboundRecords(protocol);
  }

  boolean isBegun() {
    return begun;
  }

  void beginHandshake() throws SSLException {
    lock.lock();
    try {
      if (closedEarly || (begun && !protocol.isHandshaking())) {
        throw new SSLHandshakeException("no second handshake on a connection");
      }
      begin();
    } finally {
      lock.unlock();
    }
  }

  private void begin() throws SSLException {
    if (begun) {
      return;
    }
    begun = true;
    budget.begin();
    try {
      protocol.accept(
          new ServerPeer(handshake, new ConnectionCrypto(handshake.crypto(), protocol::use)));
    } catch (IOException e) {
      throw new SSLException(e);
    }
  }

  HandshakeStatus status() {
    if (task.isPending()) {
      return HandshakeStatus.NEED_TASK; // which holds the lock while it runs
    }
    return locked(this::currentStatus);
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private HandshakeStatus currentStatus() {
    if (task.isPending()) {
      return HandshakeStatus.NEED_TASK;
    }
    if (!begun || closedEarly) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (hasOutput() || task.hasFailed()) {
      return HandshakeStatus.NEED_WRAP;
    }
    if (protocol.isHandshaking()) {
      return HandshakeStatus.NEED_UNWRAP;
    }
    // a task has finished the handshake: wrap is where that can be said
    return handshake.isFinished() && !handshake.isAnnounced() && !protocol.isClosed()
        ? HandshakeStatus.NEED_WRAP
        : HandshakeStatus.NOT_HANDSHAKING;
  }

  private boolean hasOutput() {
    return protocol.hasEarlyAlert() || protocol.getAvailableOutputBytes() > 0;
  }

  @Nullable Runnable takeTask() {
    return task.take();
  }

  SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
      throws SSLException {
    if (task.isPending()) {
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
    }
    lock.lock();
    try {
      if (isInboundDoneNow()) {
        return new SSLEngineResult(Status.CLOSED, currentStatus(), 0, 0);
      }
      begin();
      HandshakeStatus before = currentStatus();
      if (before == HandshakeStatus.NEED_TASK || before == HandshakeStatus.NEED_WRAP) {
        return new SSLEngineResult(Status.OK, before, 0, 0);
      }
      return read(source, destinations, offset, length);
    } finally {
      lock.unlock();
    }
  }

  private SSLEngineResult read(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
      throws SSLException {
    int start = source.position();
    boolean handshaking = protocol.isHandshaking();
    try {
      if (handshaking) {
        budget.requireTime(protocol);
        if (early.skip(source)) {
          return result(source.position() - start, 0, false);
        }
      }
      RecordPreview preview = early.isIncomplete(source) ? null : inbound.preview(source);
      if (preview == null) {
        return new SSLEngineResult(Status.BUFFER_UNDERFLOW, currentStatus(), 0, 0);
      }
      if (Buffers.remaining(destinations, offset, length) < preview.getContentLimit()) {
        return new SSLEngineResult(Status.BUFFER_OVERFLOW, currentStatus(), 0, 0);
      }
      int size = preview.getRecordSize();
      if (!handshaking) {
        int produced = inbound.receive(source, size, destinations, offset, length);
        budget.requireTalk(protocol, produced);
        return result(source.position() - start, produced, false);
      }
      byte[] record = new byte[size];
      source.get(record);
      budget.spend(protocol, size);
      if (handshake.isDelegated(record[0], protocol)) {
        task.begin(lock, () -> protocol.offerInput(record, 0, size));
        return new SSLEngineResult(
            Status.OK, HandshakeStatus.NEED_TASK, source.position() - start, 0);
      }
      protocol.offerInput(record, 0, size);
      int produced = inbound.drain(destinations, offset, length);
      return result(source.position() - start, produced, false);
    } catch (IOException e) {
      if (!handshaking) {
        handshake.session().invalidate(); // RFC 5246 section 7.2.2
        throw HandshakeTask.failure(e, false);
      }
      task.failed(e);
      return new SSLEngineResult(
          Status.OK, HandshakeStatus.NEED_WRAP, source.position() - start, 0);
    }
  }

  SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws SSLException {
    if (task.isPending()) {
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
    }
    lock.lock();
    try {
      if (closedEarly) {
        return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
      }
      begin();
      return write(sources, offset, length, destination);
    } catch (IOException e) {
      handshake.session().invalidate();
      protocol.failWriting();
      throw HandshakeTask.failure(e, false);
    } finally {
      lock.unlock();
    }
  }

  private SSLEngineResult write(
      ByteBuffer[] sources, int offset, int length, ByteBuffer destination) throws IOException {
    if (hasOutput()) {
      int written = OutboundRecords.flush(protocol, destination);
      return written == 0
          ? new SSLEngineResult(Status.BUFFER_OVERFLOW, HandshakeStatus.NEED_WRAP, 0, 0)
          : result(0, written, true);
    }
    task.throwFailure();
    if (!protocol.isConnected() || protocol.hasSentCloseNotify()) {
      return result(0, 0, true);
    }
    long before = Buffers.remaining(sources, offset, length);
    int room = destination.remaining();
    if (before > 0 && !OutboundRecords.encrypt(protocol, sources, offset, length, destination)) {
      return new SSLEngineResult(Status.BUFFER_OVERFLOW, currentStatus(), 0, 0);
    }
    budget.wrote(before > 0, protocol.keyUpdates());
    return result(
        (int) (before - Buffers.remaining(sources, offset, length)),
        room - destination.remaining(),
        true);
  }

  /** OK or CLOSED, and FINISHED once. */
  private SSLEngineResult result(int consumed, int produced, boolean wrapping) {
    HandshakeStatus status = currentStatus();
    boolean finishing =
        handshake.isFinished() && !handshake.isAnnounced() && !hasOutput() && !task.hasFailed();
    if (finishing) {
      handshake.announce();
      status = HandshakeStatus.FINISHED;
    }
    boolean done = wrapping ? isOutboundDoneNow() : isInboundDoneNow();
    return new SSLEngineResult(
        done && !finishing ? Status.CLOSED : Status.OK, status, consumed, produced);
  }

  /**
   * @throws SSLException when the client has not said that it would say nothing more
   */
  void closeInbound() throws SSLException {
    lock.lock();
    try {
      if (!begun) {
        closedEarly = true;
      } else if (!isInboundDoneNow()) {
        inboundClosed = true;
        protocol.cut();
        throw new SSLException("closing inbound before receiving peer's close_notify");
      }
    } catch (IOException e) {
      throw HandshakeTask.failure(e, false);
    } finally {
      lock.unlock();
    }
  }

  void closeOutbound() {
    lock.lock();
    try {
      if (!begun) {
        closedEarly = true;
      } else {
        protocol.closeOutput();
      }
    } catch (IOException nothingCanBeSaid) {
      inboundClosed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Once the handshake has failed, too: Undertow lets the alert out only then. */
  boolean isInboundDone() {
    return locked(() -> isInboundDoneNow() || task.hasFailed());
  }

  private boolean isInboundDoneNow() {
    return closedEarly
        || inboundClosed
        || protocol.hasReceivedCloseNotify()
        || (protocol.isClosed() && !task.hasFailed());
  }

  boolean isOutboundDone() {
    return locked(this::isOutboundDoneNow);
  }

  private boolean isOutboundDoneNow() {
    return closedEarly
        || (begun && protocol.hasSentCloseNotify() && !hasOutput() && !task.hasFailed());
  }
}
