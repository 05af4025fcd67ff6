package dev.holdfast.tls.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** A step of the handshake that a container runs on a thread of its choice, and how it failed. */
final class HandshakeTask {
  private final AtomicReference<Runnable> waiting = new AtomicReference<>();
  private volatile boolean pending;
  private @Nullable SSLException failure;

  /** Something that may fail. */
  interface Step {
    void run() throws IOException;
  }

  /** From its beginning to its end; until then nothing else is done. */
  boolean isPending() {
    return pending;
  }

  /** Makes a step the next task; it runs under the lock. */
  void begin(Lock lock, Step step) {
    pending = true;
    waiting.set(
        () -> {
          lock.lock();
          try {
            step.run();
          } catch (IOException e) {
            failed(e);
          } finally {
            pending = false;
            lock.unlock();
          }
        });
  }

  /** The handshake has failed: what is to be thrown, once the alert is out. */
  void failed(IOException cause) {
    failure = failure(cause, true);
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Throws what has failed, once. */
  void throwFailure() throws SSLException {
    SSLException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
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
    SSLException wrapped =
        handshaking
            ? new SSLHandshakeException(cause.getMessage())
            : new SSLException(cause.getMessage());
    wrapped.initCause(cause);
    return wrapped;
  }
}
