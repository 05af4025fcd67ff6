package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.ConnectionState.Agreed;
import dev.holdfast.tls.engine.ConnectionState.Begun;
import dev.holdfast.tls.engine.ConnectionState.Closed;
import dev.holdfast.tls.engine.ConnectionState.Delegated;
import dev.holdfast.tls.engine.ConnectionState.Established;
import dev.holdfast.tls.engine.ConnectionState.Failed;
import dev.holdfast.tls.engine.ConnectionState.Handshaking;
import dev.holdfast.tls.engine.ConnectionState.NotBegun;
import dev.holdfast.tls.engine.handshake.Handshake;
import dev.holdfast.tls.engine.record.Buffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its state, the lock under which it is asked, and the ways from state to state, by
 * the contract of {@link javax.net.ssl.SSLEngine}.
 *
 * <ul>
 *   <li>Handshake records run as a delegated task, except the client's Finished: FINISHED is said
 *       by wrap or unwrap, and containers look for it there.
 *   <li>What goes wrong in the handshake comes out of wrap, after the alert has.
 * </ul>
 */
final class Connection {
  private final Handshake handshake;
  private final RecordExchange records;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile ConnectionState state = new NotBegun();

  Connection(Handshake handshake) {
    this.handshake = handshake;
    this.records = new RecordExchange(handshake);
  }

  HandshakeStatus status() {
    if (state instanceof Delegated) {
      return HandshakeStatus.NEED_TASK; // which holds the lock while it runs
    }
    lock.lock();
    try {
      return state.status();
    } finally {
      lock.unlock();
    }
  }

  boolean isInboundDone() {
    lock.lock();
    try {
      return state.isInboundDone();
    } finally {
      lock.unlock();
    }
  }

  boolean isOutboundDone() {
    lock.lock();
    try {
      return state.isOutboundDone();
    } finally {
      lock.unlock();
    }
  }

  SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws SSLException {
    if (state instanceof Delegated) {
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
    }
    lock.lock();
    try {
      Begun before = begun();
      long given = Buffers.remaining(sources, offset, length);
      int room = destination.remaining();
      Status status = before.wrap(sources, offset, length, destination);
      settle();
      boolean finished = status != Status.BUFFER_OVERFLOW && finishes();
      int consumed = (int) (given - Buffers.remaining(sources, offset, length));
      return result(status, finished, consumed, room - destination.remaining());
    } catch (IOException e) {
      records.failWriting();
      throw ended(e);
    } finally {
      lock.unlock();
    }
  }

  SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
      throws SSLException {
    if (state instanceof Delegated) {
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
    }
    lock.lock();
    try {
      Begun before = begun();
      int start = source.position();
      long room = Buffers.remaining(destinations, offset, length);
      Status status = Status.OK;
      try {
        status = before.unwrap(source, destinations, offset, length);
        settle();
      } catch (IOException e) {
        if (!(before instanceof Handshaking)) {
          throw ended(e);
        }
        state = new Failed(records, failure(e, true));
      }
      boolean finished = before instanceof Handshaking && finishes();
      int produced = (int) (room - Buffers.remaining(destinations, offset, length));
      return result(status, finished, source.position() - start, produced);
    } finally {
      lock.unlock();
    }
  }

  private SSLEngineResult result(Status status, boolean finished, int consumed, int produced) {
    return finished
        ? new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, consumed, produced)
        : new SSLEngineResult(status, state.status(), consumed, produced);
  }

  void beginHandshake() throws SSLException {
    lock.lock();
    try {
      if (begun() instanceof Closed || !records.isHandshaking()) {
        throw new SSLHandshakeException("no second handshake on a connection");
      }
    } finally {
      lock.unlock();
    }
  }

  /** The task that the state asks for, once. */
  @Nullable Runnable takeTask() {
    return state instanceof Delegated task && task.take() ? () -> run(task) : null;
  }

  private void run(Delegated task) {
    lock.lock();
    try {
      task.run();
    } catch (IOException e) {
      state = new Failed(records, failure(e, true));
    } finally {
      if (state == task) {
        state = afterHandshakeRecord();
      }
      lock.unlock();
    }
  }

  /**
   * @throws SSLException when the client has not said that it would say nothing more
   */
  void closeInbound() throws SSLException {
    lock.lock();
    try {
      if (state instanceof Begun begun) {
        begun.closeInbound();
      } else {
        state = new Closed(records);
      }
    } catch (IOException e) {
      throw failure(e, false);
    } finally {
      settle();
      lock.unlock();
    }
  }

  void closeOutbound() {
    lock.lock();
    try {
      if (state instanceof Begun begun) {
        begun.closeOutbound();
      } else {
        state = new Closed(records);
      }
    } catch (IOException nothingCanBeSaid) {
      records.failWriting();
    } finally {
      settle();
      lock.unlock();
    }
  }

  // The ways from state to state. In addition, closing leads from NotBegun to Closed, and a failure
  // from Handshaking and Delegated to Failed.

  private Begun begun() throws SSLException {
    if (state instanceof Begun begun) {
      return begun;
    }
    records.begin();
    Handshaking first = new Handshaking(records);
    state = first;
    return first;
  }

  /** After whatever was done: what the protocol has become. */
  private void settle() {
    ConnectionState now = state;
    if (now instanceof Handshaking handshaking) {
      byte[] delegated = handshaking.delegated();
      state = delegated == null ? afterHandshakeRecord() : new Delegated(records, delegated);
    } else if ((now instanceof Agreed || now instanceof Established) && records.isClosed()) {
      state = new Closed(records);
    }
  }

  private ConnectionState afterHandshakeRecord() {
    if (records.isClosed()) {
      return new Closed(records);
    }
    if (records.isHandshaking()) {
      return state instanceof Handshaking ? state : new Handshaking(records);
    }
    return new Agreed(records);
  }

  /** FINISHED is said once nothing of the handshake waits to be wrapped. */
  private boolean finishes() {
    if (!(state instanceof Agreed) || records.hasOutput()) {
      return false;
    }
    handshake.announce();
    state = new Established(records);
    return true;
  }

  private SSLException ended(IOException cause) {
    handshake.session().invalidate(); // RFC 5246 section 7.2.2
    state = new Closed(records);
    return failure(cause, false);
  }

  /** What went wrong, as JSSE would say it. */
  private static SSLException failure(IOException cause, boolean handshaking) {
    if (cause instanceof SSLException known) {
      return known;
    }
    SSLException wrapped =
        handshaking
            ? new SSLHandshakeException(cause.getMessage())
            : new SSLException(cause.getMessage());
    wrapped.initCause(cause);
    return wrapped;
  }
}
