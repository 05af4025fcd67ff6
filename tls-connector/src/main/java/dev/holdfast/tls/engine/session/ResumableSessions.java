package dev.holdfast.tls.engine.session;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsSession;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that can be resumed, a bounded number for a bounded time; the one that was not used
 * for longest goes first.
 *
 * <p>To a container it is the session context: its size and timeout can be set, and it lists no
 * sessions, since each belongs to the connections that use it.
 */
public final class ResumableSessions implements SSLSessionContext {
  private static final int DEFAULT_SIZE = 10_240;
  private static final int DEFAULT_SECONDS = 3_600;

  private final LongSupplier clock;
  private final Map<ByteBuffer, ResumableSession> sessions = new LinkedHashMap<>(16, 0.75f, true);
  private int size = DEFAULT_SIZE;
  private int seconds = DEFAULT_SECONDS;

  /**
   * @param clock milliseconds since the epoch
   */
  public ResumableSessions(LongSupplier clock) {
    this.clock = clock;
  }

  /** A connection has resumed this one. */
  public void resumed(byte[] id, ResumableSession from, ConnectionSession connection) {
    connection.established(id, from.began(), from.peer(), () -> forget(id));
  }

  /**
   * A connection has made a session, which is kept where it can be resumed.
   *
   * @param tls the session, or null where TLS has none
   * @param madeUp the ID of one that cannot be resumed
   */
  public void established(
      @Nullable TlsSession tls,
      SecurityParameters security,
      List<SNIServerName> serverNames,
      X509Certificate @Nullable [] peer,
      ConnectionSession connection,
      byte[] madeUp) {
    long now = clock.getAsLong();
    byte[] id = security.getSessionID();
    if (tls == null || id == null || id.length == 0) {
      connection.established(madeUp, now, peer, null);
      return;
    }
    int suite = security.getCipherSuite();
    keep(id, new ResumableSession(tls, now, serverNames, suite, connection.localChain(), peer));
    connection.established(id, now, peer, () -> forget(id));
  }

  synchronized void keep(byte[] id, ResumableSession session) {
    sessions.put(ByteBuffer.wrap(id.clone()), session);
    shrink();
  }

  /** The session of this ID, if it is not too old. */
  public synchronized @Nullable ResumableSession find(byte[] id) {
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
