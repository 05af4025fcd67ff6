package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Drives an engine as a container does. What it throws is kept, and its last words are sent. */
final class EngineEnd {
  final SSLEngine engine;
  final ByteArrayOutputStream text = new ByteArrayOutputStream();
  final List<HandshakeStatus> finished = new ArrayList<>();
  SSLException failure;
  int tasks;
  private final int room;
  private byte[] arrived = new byte[0];
  private boolean closed;

  EngineEnd(SSLEngine engine) {
    this(engine, 1 << 15);
  }

  /**
   * @param room the size of its buffers for plaintext and records, until a larger one is asked for
   */
  EngineEnd(SSLEngine engine, int room) {
    this.engine = engine;
    this.room = room;
  }

  /** Takes what has arrived and does what it can; what there is to send. */
  byte[] take(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(arrived);
    all.writeBytes(bytes);
    ByteBuffer in = ByteBuffer.wrap(all.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean progress = true;
    while (progress) {
      progress = step(in, out);
    }
    arrived = new byte[in.remaining()];
    in.get(arrived);
    return out.toByteArray();
  }

  private boolean step(ByteBuffer in, ByteArrayOutputStream out) {
    try {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        Runnable task = engine.getDelegatedTask();
        if (task != null) {
          tasks++;
          task.run();
          if (finished.isEmpty()
              && NegotiatingTls.isNegotiating(
                  engine)) { // a container would begin with it, in the midst of the handshake
            assertThat(engine.getApplicationProtocol()).isNull();
          }
        }
        return true;
      }
      if (status == HandshakeStatus.NEED_WRAP) {
        return wrap(new byte[0], out);
      }
      return !closed && in.hasRemaining() && unwrap(in);
    } catch (SSLException e) {
      failure = failure == null ? e : failure;
      return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }
  }

  private boolean unwrap(ByteBuffer in) throws SSLException {
    ByteBuffer destination = ByteBuffer.allocate(room);
    SSLEngineResult result = engine.unwrap(in, destination);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      destination = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
      result = engine.unwrap(in, destination);
    }
    text.write(destination.array(), 0, destination.position());
    note(result);
    closed |= result.getStatus() == Status.CLOSED;
    return (result.getStatus() == Status.OK && result.bytesConsumed() > 0)
        || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private boolean wrap(byte[] data, ByteArrayOutputStream out) throws SSLException {
    ByteBuffer source = ByteBuffer.wrap(data);
    boolean produced = false;
    do {
      ByteBuffer destination = ByteBuffer.allocate(room);
      SSLEngineResult result = engine.wrap(source, destination);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        destination = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        result = engine.wrap(source, destination);
      }
      out.write(destination.array(), 0, destination.position());
      note(result);
      produced |= destination.position() > 0;
      if (result.getStatus() == Status.CLOSED) {
        break;
      }
    } while (source.hasRemaining());
    return produced || !finished.isEmpty();
  }

  private void note(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      finished.add(result.getHandshakeStatus());
    }
  }

  byte[] say(byte[] data) throws SSLException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    wrap(data, out);
    return out.toByteArray();
  }

  byte[] close() throws SSLException {
    engine.closeOutbound();
    return say(new byte[0]);
  }
}
