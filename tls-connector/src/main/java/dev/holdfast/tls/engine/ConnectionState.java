package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.record.Buffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.RecordPreview;
import org.jspecify.annotations.Nullable;

/**
 * What a connection answers. {@link Connection} leads from one state to the next.
 *
 * <pre>
 *              status                       wrap              unwrap              inbound  outbound
 * NotBegun     NOT_HANDSHAKING              begins            begins              open     open
 * Handshaking  NEED_WRAP or NEED_UNWRAP     what waits        a handshake record  open     open
 * Delegated    NEED_TASK                    nothing           nothing             open     open
 * Failed       NEED_WRAP                    alert, exception  nothing             done     open
 * Agreed       NEED_WRAP                    as below          nothing             open     open
 * Established  NEED_WRAP, NOT_HANDSHAKING   what waits, data  a record            by what was said
 * Closed       NEED_WRAP, NOT_HANDSHAKING   what waits        CLOSED              done     then done
 * </pre>
 *
 * <p>While something waits to be wrapped, unwrap takes nothing. A direction that a container or the
 * client has closed is done in each state.
 */
sealed interface ConnectionState {
  HandshakeStatus status();

  default boolean isInboundDone() {
    return false;
  }

  default boolean isOutboundDone() {
    return false;
  }

  /** A state in which records come and go, or have. Wrap and unwrap say what became of one. */
  sealed interface Begun extends ConnectionState {
    RecordExchange records();

    Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
        throws IOException;

    Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
        throws IOException;

    /** Throws when the client has not said that nothing more would come. */
    default void closeInbound() throws IOException {
      if (!records().isInputOver()) {
        records().cut();
      }
    }

    /** Says that nothing more will be written. */
    default void closeOutbound() throws IOException {
      records().closeOutput();
    }

    @Override
    default boolean isInboundDone() {
      return records().isInputOver();
    }

    @Override
    default boolean isOutboundDone() {
      return records().isOutputOver();
    }
  }

  /** Nothing was said, and what a container sets counts. */
  record NotBegun() implements ConnectionState {
    @Override
    public HandshakeStatus status() {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
  }

  /** Messages of the handshake come and go. */
  final class Handshaking implements Begun {
    private final RecordExchange records;
    private byte @Nullable [] delegated;

    Handshaking(RecordExchange records) {
      this.records = records;
    }

    @Override
    public RecordExchange records() {
      return records;
    }

    /** A record that unwrap has taken and not read: a task has to. */
    byte @Nullable [] delegated() {
      return delegated;
    }

    @Override
    public HandshakeStatus status() {
      return records.hasOutput() ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NEED_UNWRAP;
    }

    @Override
    public Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination) {
      return records.flush(destination) ? Status.OK : Status.BUFFER_OVERFLOW;
    }

    @Override
    public Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
        throws IOException {
      if (records.hasOutput() || records.skip(source)) {
        return Status.OK;
      }
      RecordPreview next = records.preview(source);
      if (next == null) {
        return Status.BUFFER_UNDERFLOW;
      }
      if (Buffers.remaining(destinations, offset, length) < next.getContentLimit()) {
        return Status.BUFFER_OVERFLOW;
      }
      byte[] record = records.take(source, next.getRecordSize());
      if (records.isDelegated(record)) {
        delegated = record;
        return Status.OK;
      }
      records.offer(record);
      records.drain(destinations, offset, length);
      return records.isInputOver() ? Status.CLOSED : Status.OK;
    }
  }

  /** A record of the handshake waits for a thread of the container's, or is being read on it. */
  final class Delegated implements Begun {
    private final RecordExchange records;
    private final byte[] record;
    private final AtomicBoolean taken = new AtomicBoolean();

    Delegated(RecordExchange records, byte[] record) {
      this.records = records;
      this.record = record;
    }

    @Override
    public RecordExchange records() {
      return records;
    }

    /** For whoever asks first. */
    boolean take() {
      return taken.compareAndSet(false, true);
    }

    void run() throws IOException {
      records.offer(record);
    }

    @Override
    public HandshakeStatus status() {
      return HandshakeStatus.NEED_TASK;
    }

    @Override
    public Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination) {
      return Status.OK;
    }

    @Override
    public Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length) {
      return Status.OK;
    }
  }

  /**
   * The handshake has failed. The alert leaves first, then wrap throws: containers let nothing out
   * once unwrap has thrown.
   */
  record Failed(RecordExchange records, SSLException failure) implements Begun {
    @Override
    public HandshakeStatus status() {
      return HandshakeStatus.NEED_WRAP;
    }

    @Override
    public Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
        throws SSLException {
      if (!records.hasOutput()) {
        throw failure;
      }
      return records.flush(destination) ? Status.OK : Status.BUFFER_OVERFLOW;
    }

    @Override
    public Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length) {
      return records.isCut() ? Status.CLOSED : Status.OK;
    }

    @Override
    public void closeInbound() throws IOException {
      if (!records.isCut()) {
        records.cut();
      }
    }

    /** Undertow lets the alert out only then. */
    @Override
    public boolean isInboundDone() {
      return true;
    }

    @Override
    public boolean isOutboundDone() {
      return false;
    }
  }

  /** The handshake has ended, and the container was not told so: wrap says FINISHED. */
  record Agreed(RecordExchange records) implements Begun {
    @Override
    public HandshakeStatus status() {
      return HandshakeStatus.NEED_WRAP;
    }

    @Override
    public Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
        throws IOException {
      return records.write(sources, offset, length, destination);
    }

    @Override
    public Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length) {
      return records.isInputOver() ? Status.CLOSED : Status.OK;
    }
  }

  /** Application data comes and goes; each direction ends by itself. */
  record Established(RecordExchange records) implements Begun {
    @Override
    public HandshakeStatus status() {
      return records.hasOutput() ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
        throws IOException {
      return records.write(sources, offset, length, destination);
    }

    @Override
    public Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
        throws IOException {
      if (records.isInputOver()) {
        return Status.CLOSED;
      }
      return records.hasOutput() ? Status.OK : records.read(source, destinations, offset, length);
    }
  }

  /** Nothing more comes, and no more leaves than what waits. */
  record Closed(RecordExchange records) implements Begun {
    @Override
    public HandshakeStatus status() {
      return records.hasOutput() ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public Status wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination) {
      if (!records.flush(destination)) {
        return Status.BUFFER_OVERFLOW;
      }
      return records.hasOutput() ? Status.OK : Status.CLOSED;
    }

    @Override
    public Status unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length) {
      return Status.CLOSED;
    }

    @Override
    public void closeInbound() {}

    @Override
    public void closeOutbound() {}

    @Override
    public boolean isInboundDone() {
      return true;
    }

    @Override
    public boolean isOutboundDone() {
      return !records.hasOutput();
    }
  }
}
