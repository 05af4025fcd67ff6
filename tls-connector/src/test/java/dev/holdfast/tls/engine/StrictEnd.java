package dev.holdfast.tls.engine;

import java.io.ByteArrayOutputStream;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Drives an engine through whatever a client sends and holds it to its contract: nothing but {@link
 * SSLException} comes out, each step moves something, what it says and what it costs are bounded,
 * and in the end it waits or is closed.
 */
final class StrictEnd {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();
  private static final long MAX_ALLOCATED = 32L << 20;
  private static final long MAX_NANOS = 30_000_000_000L;
  private static final int MAX_FLIGHT = 16_384;

  private final SSLEngine engine;
  private final long began = System.nanoTime();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private byte[] arrived = new byte[0];
  // the same for every step, so that what a step allocates is the engine's
  private final byte[] room;
  private byte[] larger = {};
  private long heard;
  private long said;
  private long steps;
  private long allocated;
  private boolean finished;
  private boolean closed;
  private @Nullable SSLException failure;

  /**
   * @param room the size of its buffers until a larger one is asked for
   */
  StrictEnd(SSLEngine engine, int room) {
    this.engine = engine;
    this.room = new byte[room];
  }

  boolean isFinished() {
    return finished;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Takes what has arrived and does what it can; what there is to send. */
  byte[] take(byte[] bytes) {
    heard += bytes.length;
    ByteBuffer in = ByteBuffer.allocate(arrived.length + bytes.length);
    in.put(arrived).put(bytes).flip();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (step(in, out)) {
      require(++steps < 200 + 4 * heard, "steps without an end");
    }
    arrived = new byte[in.remaining()];
    in.get(arrived);
    said += out.size();
    require(said <= MAX_FLIGHT + 8 * heard, "much is said to little");
    require(text.size() <= heard, "more comes out than went in");
    HandshakeStatus status = engine.getHandshakeStatus();
    require(
        status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NOT_HANDSHAKING,
        "neither waiting nor at an end");
    return out.toByteArray();
  }

  private boolean step(ByteBuffer in, ByteArrayOutputStream out) {
    long classes = CLASSES.getTotalLoadedClassCount();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      return switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          Runnable task = engine.getDelegatedTask();
          require(task != null, "a task that is not there");
          task.run();
          yield true;
        }
        case NEED_WRAP -> {
          wrap(new byte[0], out);
          yield true;
        }
        default -> !closed && in.hasRemaining() && unwrap(in);
      };
    } catch (SSLException e) {
      require(failure == null || engine.isInboundDone(), "what has failed goes on");
      failure = e;
      return true;
    } finally {
      long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      // what loads a class, and the fuzzer's agent that rewrites it, takes memory on this thread
      if (CLASSES.getTotalLoadedClassCount() == classes) {
        allocated += taken;
      }
    }
  }

  private boolean unwrap(ByteBuffer in) throws SSLException {
    ByteBuffer into = ByteBuffer.wrap(room);
    SSLEngineResult result = unwrap(in, into);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      into = ByteBuffer.wrap(larger(engine.getSession().getApplicationBufferSize()));
      result = unwrap(in, into);
      require(result.getStatus() != Status.BUFFER_OVERFLOW, "no room is large enough");
    }
    text.write(into.array(), 0, into.position());
    closed |= result.getStatus() == Status.CLOSED;
    return result.bytesConsumed() > 0
        || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
        || result.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
  }

  private SSLEngineResult unwrap(ByteBuffer in, ByteBuffer into) throws SSLException {
    int before = in.position();
    SSLEngineResult result = engine.unwrap(in, into);
    require(result.bytesConsumed() == in.position() - before, "consumed is not what was taken");
    require(result.bytesProduced() == into.position(), "produced is not what was put");
    note(result);
    return result;
  }

  private SSLEngineResult wrap(byte[] data, ByteArrayOutputStream out) throws SSLException {
    ByteBuffer from = ByteBuffer.wrap(data);
    ByteBuffer into = ByteBuffer.wrap(room);
    SSLEngineResult result = engine.wrap(from, into);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      into = ByteBuffer.wrap(larger(engine.getSession().getPacketBufferSize()));
      result = engine.wrap(from, into);
      require(result.getStatus() != Status.BUFFER_OVERFLOW, "no packet is large enough");
    }
    require(result.bytesProduced() == into.position(), "produced is not what was put");
    out.write(into.array(), 0, into.position());
    note(result);
    return result;
  }

  private byte[] larger(int size) {
    if (larger.length < size) {
      larger = new byte[size];
    }
    return larger;
  }

  private void note(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      require(!finished && failure == null, "a handshake that ends twice, or after it failed");
      finished = true;
    }
  }

  /** Application data; empty when there is nobody to say it to. */
  byte[] say(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      wrap(data, out);
    } catch (SSLException e) {
      failure = e;
    }
    said += out.size();
    return out.toByteArray();
  }

  /** The transport has ended; both directions close, whatever has happened. */
  void end() {
    try {
      engine.closeInbound();
    } catch (SSLException cut) {
      failure = cut;
    }
    take(new byte[0]);
    engine.closeOutbound();
    take(new byte[0]);
    require(engine.isInboundDone(), "the way in is not closed");
    require(engine.isOutboundDone(), "the way out is not closed");
    require(
        engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING, "it still asks for more");
    require(say(new byte[] {1}).length == 0, "a closed engine speaks");
    require(System.nanoTime() - began < MAX_NANOS, "it takes too long");
    require(allocated < MAX_ALLOCATED + 64 * heard, "it takes too much memory");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
