package dev.holdfast.tls;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Decides when one connection exports.
 *
 * <p>A session that TLS 1.2 resumes by its ID is one object in the JDK, shared by all connections
 * that resumed it, and it exports for the one that said ServerHello last. When the handshake ends,
 * a round trip later, that may be another: so such a session is asked right after this connection's
 * ServerHello. It is known by a mark that the handshake which made it has left. The mark also says
 * that its master secret exists; a session without it is asked at the end of its handshake, not
 * before. TLS 1.3 makes a session for each connection.
 *
 * <p>What remains is another thread's ServerHello in the instant between ours and the export. Both
 * connections belong to holders of the same master secret, and the rightful client's message is
 * then refused on the one that was overtaken.
 */
final class SharedSessions {
  private static final String MARK = "dev.holdfast.tls.established";

  private volatile byte @Nullable [] atServerHello;
  private volatile boolean resumed;

  static boolean areUsedBy(SSLSession session) {
    return !"TLSv1.3".equals(session.getProtocol());
  }

  /** After each step of the handshake that runs outside of wrap and unwrap. */
  void look(@Nullable SSLSession handshake) {
    if (!resumed && handshake != null && areUsedBy(handshake) && handshake.getValue(MARK) != null) {
      atServerHello = JdkExporter.export(handshake);
      resumed = true;
    }
  }

  /** At the end of the handshake: what this connection exports, or null when nothing. */
  byte @Nullable [] finished(SSLSession session) {
    if (resumed) {
      return atServerHello;
    }
    if (areUsedBy(session)) {
      session.putValue(MARK, true); // in TLS 1.3 a value would cost the session its ticket
    }
    return JdkExporter.export(session);
  }
}
