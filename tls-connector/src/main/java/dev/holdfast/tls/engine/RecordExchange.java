package dev.holdfast.tls.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
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

  private volatile boolean begun;
  private volatile boolean closedEarly;
  private volatile @Nullable Runnable task;
  private volatile boolean taskPending;
  private @Nullable SSLException deferred;
  private boolean saidFinished;
  private boolean inboundClosed;

  RecordExchange(Handshake handshake) {
    this.handshake = handshake;
    this.budget = new HandshakeBudget(handshake.limits());
    this.inbound = new InboundRecords(protocol);
  }

  boolean isBegun() {
    return begun;
  }

  void beginHandshake() throws SSLException {
    lock.lock();
    try {
      if (begun || closedEarly) {
        throw new SSLHandshakeException("no second handshake on a connection");
      }
      begin();
    } finally {
      lock.unlock();
    }
  }

  private void begin() throws SSLException {
    begun = true;
    budget.begin();
    try {
      protocol.accept(new ServerPeer(handshake));
    } catch (IOException e) {
      throw new SSLException(e);
    }
  }

  HandshakeStatus status() {
    if (taskPending) {
      return HandshakeStatus.NEED_TASK; // which holds the lock while it runs
    }
    lock.lock();
    try {
      return currentStatus();
    } finally {
      lock.unlock();
    }
  }

  private HandshakeStatus currentStatus() {
    if (taskPending) {
      return HandshakeStatus.NEED_TASK;
    }
    if (!begun || closedEarly) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (hasOutput() || deferred != null) {
      return HandshakeStatus.NEED_WRAP;
    }
    if (protocol.isHandshaking()) {
      return HandshakeStatus.NEED_UNWRAP;
    }
    // a task has finished the handshake: wrap is where that can be said
    return handshake.isFinished() && !saidFinished && !protocol.isClosed()
        ? HandshakeStatus.NEED_WRAP
        : HandshakeStatus.NOT_HANDSHAKING;
  }

  private boolean hasOutput() {
    return protocol.hasEarlyAlert() || protocol.getAvailableOutputBytes() > 0;
  }

  @Nullable Runnable takeTask() {
    lock.lock();
    try {
      Runnable taken = task;
      task = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
      throws SSLException {
    Objects.checkFromIndexSize(offset, length, destinations.length);
    if (taskPending) {
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
    }
    lock.lock();
    try {
      if (isInboundDoneNow()) {
        return new SSLEngineResult(Status.CLOSED, currentStatus(), 0, 0);
      }
      if (!begun) {
        begin();
      }
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
      if (handshaking && budget.isTimeUp()) {
        protocol.fail(AlertDescription.user_canceled, "the handshake takes too long");
        throw new SSLHandshakeException("the handshake takes too long");
      }
      RecordPreview preview = inbound.preview(source);
      if (preview == null) {
        return new SSLEngineResult(Status.BUFFER_UNDERFLOW, currentStatus(), 0, 0);
      }
      if (remaining(destinations, offset, length) < preview.getContentLimit()) {
        return new SSLEngineResult(Status.BUFFER_OVERFLOW, currentStatus(), 0, 0);
      }
      byte[] record = new byte[preview.getRecordSize()];
      source.get(record);
      if (handshaking) {
        if (!budget.spend(record.length)) {
          protocol.fail(AlertDescription.internal_error, "the handshake is too large");
          throw new SSLHandshakeException("the handshake is too large");
        }
        if (isDelegated(record[0])) {
          delegate(record);
          return new SSLEngineResult(
              Status.OK, HandshakeStatus.NEED_TASK, source.position() - start, 0);
        }
      }
      protocol.offerInput(record, 0, record.length);
      int produced = inbound.drain(destinations, offset, length);
      if (!handshaking && !budget.isTalk(produced)) {
        protocol.fail(AlertDescription.unexpected_message, "too many records that say nothing");
        throw new SSLException("too many records that say nothing");
      }
      return result(source.position() - start, produced, false);
    } catch (IOException e) {
      SSLException failure = failure(e, handshaking);
      if (!handshaking) {
        throw failure;
      }
      deferred = failure;
      return new SSLEngineResult(
          Status.OK, HandshakeStatus.NEED_WRAP, source.position() - start, 0);
    }
  }

  /** Everything that is readable, and what is encrypted where certificates are asked for. */
  private boolean isDelegated(byte type) {
    return switch (type) {
      case ContentType.handshake -> !protocol.hasReceivedChangeCipherSpec();
      case ContentType.application_data ->
          handshake.parameters().clientAuthentication()
              != EngineParameters.ClientAuthentication.NONE;
      default -> false;
    };
  }

  private void delegate(byte[] record) {
    taskPending = true;
    task =
        () -> {
          lock.lock();
          try {
            protocol.offerInput(record, 0, record.length);
          } catch (IOException e) {
            deferred = failure(e, true);
          } finally {
            taskPending = false;
            lock.unlock();
          }
        };
  }

  private static SSLException failure(IOException cause, boolean handshaking) {
    if (cause instanceof SSLException known) {
      return known;
    }
    SSLException failure =
        handshaking
            ? new SSLHandshakeException(cause.getMessage())
            : new SSLException(cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private static int remaining(ByteBuffer[] buffers, int offset, int length) {
    int sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += buffers[i].remaining();
    }
    return sum;
  }

  SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws SSLException {
    Objects.checkFromIndexSize(offset, length, sources.length);
    if (taskPending) {
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
    }
    lock.lock();
    try {
      if (closedEarly) {
        return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
      }
      if (!begun) {
        begin();
      }
      return write(sources, offset, length, destination);
    } catch (IOException e) {
      throw failure(e, false);
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
    SSLException failure = deferred;
    if (failure != null) {
      deferred = null;
      throw failure;
    }
    if (!protocol.isConnected() || protocol.hasSentCloseNotify()) {
      return result(0, 0, true);
    }
    int before = remaining(sources, offset, length);
    int room = destination.remaining();
    if (before > 0 && !OutboundRecords.encrypt(protocol, sources, offset, length, destination)) {
      return new SSLEngineResult(Status.BUFFER_OVERFLOW, currentStatus(), 0, 0);
    }
    return result(
        before - remaining(sources, offset, length), room - destination.remaining(), true);
  }

  /** OK or CLOSED, and FINISHED once. */
  private SSLEngineResult result(int consumed, int produced, boolean wrapping) {
    HandshakeStatus status = currentStatus();
    boolean finishing = handshake.isFinished() && !saidFinished && !hasOutput() && deferred == null;
    if (finishing) {
      saidFinished = true;
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
        if (protocol.isHandshaking()) {
          protocol.fail(AlertDescription.handshake_failure, "the connection was cut");
        }
        throw new SSLException("closing inbound before receiving peer's close_notify");
      }
    } catch (IOException e) {
      throw failure(e, false);
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

  boolean isInboundDone() {
    lock.lock();
    try {
      return isInboundDoneNow();
    } finally {
      lock.unlock();
    }
  }

  private boolean isInboundDoneNow() {
    return closedEarly
        || inboundClosed
        || protocol.hasReceivedCloseNotify()
        || (protocol.isClosed() && deferred == null);
  }

  boolean isOutboundDone() {
    lock.lock();
    try {
      return isOutboundDoneNow();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOutboundDoneNow() {
    return closedEarly
        || (begun && protocol.hasSentCloseNotify() && !hasOutput() && deferred == null);
  }
}
