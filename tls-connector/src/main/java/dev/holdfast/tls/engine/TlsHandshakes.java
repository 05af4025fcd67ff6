package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.session.HandshakeFigures;
import java.util.Map;
import java.util.SortedSet;

/**
 * What became of the handshakes of all contexts of {@link NegotiatingTls} in this JVM.
 *
 * <p>Each handshake that fails is a line of the logger {@code dev.holdfast.tls} at DEBUG, with the
 * alert and the reason; each one that succeeds is a line at TRACE. A client can cause any number of
 * either, so that nothing is logged at a higher level.
 */
public final class TlsHandshakes {
  private TlsHandshakes() {}

  /**
   * The figures since the JVM began. They only grow.
   *
   * @param completed handshakes that succeeded by their version, {@code TLSv1.2} and {@code
   *     TLSv1.3}
   * @param tokenBinding those among them that negotiated Token Binding, by the same versions
   * @param resumed those among them that resumed a session, which TLS 1.2 does only
   * @param refused handshakes that this server ended, by the name of the alert that it sent, or
   *     {@code connection_cut} where the connection ended first
   * @param abandoned handshakes that the client ended, by the name of the alert that it sent
   */
  public record Statistics(
      Map<String, Long> completed,
      Map<String, Long> tokenBinding,
      long resumed,
      Map<String, Long> refused,
      Map<String, Long> abandoned) {
    /** Copies the maps. */
    public Statistics {
      completed = Map.copyOf(completed);
      tokenBinding = Map.copyOf(tokenBinding);
      refused = Map.copyOf(refused);
      abandoned = Map.copyOf(abandoned);
    }
  }

  /** What has been counted so far; a cause that never happened has no entry. */
  public static Statistics statistics() {
    return new Statistics(
        HandshakeFigures.completed(),
        HandshakeFigures.tokenBinding(),
        HandshakeFigures.resumed(),
        HandshakeFigures.refused(),
        HandshakeFigures.abandoned());
  }

  /** All names that {@link Statistics#refused} and {@link Statistics#abandoned} may ever have. */
  public static SortedSet<String> causes() {
    return HandshakeFigures.causes();
  }
}
