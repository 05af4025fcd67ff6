package dev.holdfast.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Exports keying material once, while the handshake ends, and refuses another handshake on the same
 * connection.
 *
 * <p>A renegotiation (TLS 1.2 and before) would change the keys under requests that were already
 * verified, so the first sign of one drops what was captured and ends the connection (RFC 8471
 * section 4.2). TLS 1.3 has none; what follows its handshake changes nothing that is exported.
 */
final class CapturingEngine extends DelegatingEngine {
  private enum Phase {
    HANDSHAKE,
    ESTABLISHED,
    REFUSED
  }

  private final CapturedSession session;
  private final SharedSessions shared = new SharedSessions();
  private volatile Phase phase = Phase.HANDSHAKE;

  CapturingEngine(SSLEngine delegate) {
    super(delegate);
    this.session = new CapturedSession(delegate);
  }

  @Override
  public SSLSession getSession() {
    return session;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws SSLException {
    return phase == Phase.REFUSED
        ? new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0)
        : watched(delegate.wrap(sources, offset, length, destination));
  }

  @Override
  public SSLEngineResult unwrap(
      ByteBuffer source, ByteBuffer[] destinations, int offset, int length) throws SSLException {
    if (phase == Phase.REFUSED) {
      throw refusal();
    }
    return watched(delegate.unwrap(source, destinations, offset, length));
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return phase == Phase.REFUSED ? HandshakeStatus.NOT_HANDSHAKING : delegate.getHandshakeStatus();
  }

  @Override
  public boolean isInboundDone() {
    return phase == Phase.REFUSED || delegate.isInboundDone();
  }

  @Override
  public boolean isOutboundDone() {
    return phase == Phase.REFUSED || delegate.isOutboundDone();
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    if (phase == Phase.REFUSED) {
      return null;
    }
    Runnable task = delegate.getDelegatedTask();
    return task == null || phase != Phase.HANDSHAKE
        ? task
        : () -> {
          task.run();
          shared.look(delegate.getHandshakeSession());
        };
  }

  /** Asking for another handshake is refused too; in TLS 1.3 it asks for new traffic keys only. */
  @Override
  public void beginHandshake() throws SSLException {
    if (phase != Phase.HANDSHAKE && canRenegotiate()) {
      throw refusal();
    }
    delegate.beginHandshake();
  }

  private SSLEngineResult watched(SSLEngineResult result) throws SSLException {
    HandshakeStatus status = result.getHandshakeStatus();
    if (phase == Phase.HANDSHAKE) {
      if (status == HandshakeStatus.FINISHED) {
        session.keep(shared.finished(delegate.getSession()));
        phase = Phase.ESTABLISHED;
      }
    } else if ((status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.FINISHED)
        && canRenegotiate()) {
      throw refuse();
    }
    return result;
  }

  private boolean canRenegotiate() {
    return SharedSessions.areUsedBy(delegate.getSession());
  }

  private SSLException refuse() {
    phase = Phase.REFUSED;
    session.keep(null);
    return refusal();
  }

  private static SSLException refusal() {
    return new SSLHandshakeException(
        "a connection whose keying material was exported is not renegotiated");
  }
}
