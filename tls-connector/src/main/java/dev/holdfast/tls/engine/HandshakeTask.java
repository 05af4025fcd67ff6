package dev.holdfast.tls.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** A step of the handshake that a container runs on a thread of its choice. */
final class HandshakeTask {
  private final AtomicReference<Runnable> waiting = new AtomicReference<>();
  private volatile boolean pending;

  /** From its beginning to its end; until then nothing else is done. */
  boolean isPending() {
    return pending;
  }

  void begin(Runnable step) {
    pending = true;
    waiting.set(step);
  }

  void end() {
    pending = false;
  }

  /** The step, once. */
  @Nullable Runnable take() {
    return waiting.getAndSet(null);
  }

  /** What went wrong, as JSSE would say it. */
  static SSLException failure(IOException cause, boolean handshaking) {
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
}
