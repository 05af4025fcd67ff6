package dev.holdfast.tls;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.tls.engine.NegotiatingTls;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The keying material of a TLS connection: 32 bytes under the label {@code EXPORTER-Token-Binding}
 * without a context, exported while the connection's handshake ended and kept with the connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-3.3">RFC 8471, section 3.3</a>
 */
public final class ConnectionKeyingMaterial {
  private ConnectionKeyingMaterial() {}

  /** Whether this JVM's own TLS exports keying material: from JDK 25. */
  public static boolean hasExporter() {
    return JdkExporter.isThere();
  }

  /**
   * Stops a start on a JVM that cannot export.
   *
   * @throws InvalidSettingException before JDK 25
   */
  public static void requireExporter() {
    if (!hasExporter()) {
      throw new InvalidSettingException(
          "holdfast.token-binding.source",
          "the TLS of this JVM cannot export keying material, which needs JDK 25 or later",
          "Run on JDK 25 or later, install the TLS that negotiates in its place, which exports on any"
              + " JDK, or set it to header behind a proxy that verifies Token Binding");
    }
  }

  /**
   * The same context, whose engines keep the keying material of their connection. Its sockets do
   * not: on these, nothing is known.
   *
   * @throws InvalidSettingException before JDK 25
   */
  public static SSLContext capturing(SSLContext context) {
    requireExporter();
    return context instanceof CapturingContext ? context : new CapturingContext(context);
  }

  /**
   * The same engine, which keeps the keying material of its connection and refuses to renegotiate.
   *
   * @param engine a new one, which has not begun its handshake
   * @throws InvalidSettingException before JDK 25
   */
  public static SSLEngine capturing(SSLEngine engine) {
    requireExporter();
    return engine instanceof CapturingEngine ? engine : new CapturingEngine(engine);
  }

  /** Whether {@link #capturing(SSLEngine)} made this engine. */
  public static boolean isCapturing(SSLEngine engine) {
    return engine instanceof CapturingEngine;
  }

  /**
   * A copy of the 32 bytes of the connection whose engine gave this session; null when there are
   * none: another TLS layer, a handshake that has not ended, TLS 1.2 without extended master
   * secret, or an attempt to renegotiate.
   */
  public static byte @Nullable [] of(@Nullable SSLSession session) {
    return session instanceof CapturedSession captured
        ? captured.keyingMaterial()
        : NegotiatingTls.keyingMaterial(session);
  }
}
