package dev.holdfast.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One end of a connection in memory. It does what it can with what has arrived. */
final class Peer {
  final SSLEngine engine;
  private final ByteBuffer arrived = ByteBuffer.allocate(1 << 17);
  private final ByteBuffer leaving = ByteBuffer.allocate(1 << 17);
  private final ByteBuffer text = ByteBuffer.allocate(1 << 15);
  private boolean finished;

  Peer(SSLEngine engine) {
    this.engine = engine;
  }

  boolean isFinished() {
    return finished;
  }

  /** Works until it has to wait for the other end. */
  void work() throws SSLException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        Runnable task = engine.getDelegatedTask();
        if (task == null) {
          return;
        }
        task.run();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        if (wrap(0).getStatus() != SSLEngineResult.Status.OK) {
          return;
        }
      } else if (!unwrap()) {
        return;
      }
    }
  }

  private SSLEngineResult wrap(int bytes) throws SSLException {
    SSLEngineResult result = engine.wrap(ByteBuffer.allocate(bytes), leaving);
    note(result);
    return result;
  }

  private boolean unwrap() throws SSLException {
    arrived.flip();
    text.clear();
    SSLEngineResult result = engine.unwrap(arrived, text);
    arrived.compact();
    note(result);
    return result.bytesConsumed() > 0
        || result.getHandshakeStatus() == HandshakeStatus.FINISHED
        || result.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
  }

  private void note(SSLEngineResult result) {
    finished |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }

  /** Sends application data. */
  SSLEngineResult.Status say(int bytes) throws SSLException {
    return wrap(bytes).getStatus();
  }

  /** Hands over what it has to say; whether there was anything. */
  boolean sendTo(Peer other) {
    leaving.flip();
    boolean any = leaving.hasRemaining();
    other.arrived.put(leaving);
    leaving.clear();
    return any;
  }
}
