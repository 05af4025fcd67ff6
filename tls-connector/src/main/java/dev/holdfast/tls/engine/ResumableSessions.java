package dev.holdfast.tls.engine;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that can be resumed, a bounded number for a bounded time; the one that was not used
 * for longest goes first.
 *
 * <p>To a container it is the session context: its size and timeout can be set, and it lists no
 * sessions, since each belongs to the connections that use it.
 */
final class ResumableSessions implements SSLSessionContext {
  private static final int DEFAULT_SIZE = 10_240;
  private static final int DEFAULT_SECONDS = 3_600;

  private final LongSupplier clock;
  private final Map<ByteBuffer, ResumableSession> sessions = new LinkedHashMap<>(16, 0.75f, true);
  private int size = DEFAULT_SIZE;
  private int seconds = DEFAULT_SECONDS;

  /**
   * @param clock milliseconds since the epoch
   */
  ResumableSessions(LongSupplier clock) {
    this.clock = clock;
  }

  long now() {
    return clock.getAsLong();
  }

  synchronized void keep(byte[] id, ResumableSession session) {
    sessions.put(ByteBuffer.wrap(id.clone()), session);
    shrink();
  }

  /** The session of this ID, if it is not too old. */
  synchronized @Nullable ResumableSession find(byte[] id) {
    ByteBuffer key = ByteBuffer.wrap(id);
    ResumableSession found = sessions.get(key);
    if (found != null && (isOld(found) || !found.tls().isResumable())) {
      sessions.remove(key);
      return null;
    }
    return found;
  }

  synchronized void forget(byte[] id) {
    ResumableSession session = sessions.remove(ByteBuffer.wrap(id));
    if (session != null) {
      session.tls().invalidate();
    }
  }

  private boolean isOld(ResumableSession session) {
    long age = clock.getAsLong() - session.began();
    return age < 0 || (seconds > 0 && age >= seconds * 1_000L);
  }

  private void shrink() {
    var eldest = sessions.entrySet().iterator();
    while (size > 0 && sessions.size() > size && eldest.hasNext()) {
      eldest.next();
      eldest.remove();
    }
  }

  /** Always null. */
  @Override
  public @Nullable SSLSession getSession(byte[] sessionId) {
    return null;
  }

  /** Always empty. */
  @Override
  public Enumeration<byte[]> getIds() {
    return Collections.emptyEnumeration();
  }

  /** Zero is no limit. */
  @Override
  public synchronized void setSessionTimeout(int timeout) {
    requireNotNegative(timeout);
    seconds = timeout;
  }

  @Override
  public synchronized int getSessionTimeout() {
    return seconds;
  }

  /** Zero is no limit. */
  @Override
  public synchronized void setSessionCacheSize(int limit) {
    requireNotNegative(limit);
    size = limit;
    shrink();
  }

  @Override
  public synchronized int getSessionCacheSize() {
    return size;
  }

  private static void requireNotNegative(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative");
    }
  }
}
