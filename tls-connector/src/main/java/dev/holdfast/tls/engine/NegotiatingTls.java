package dev.holdfast.tls.engine;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.crypto.ServerCipherSuite;
import dev.holdfast.tls.engine.crypto.ServerVersion;
import dev.holdfast.tls.engine.session.ConnectionSession;
import dev.holdfast.tokenbinding.message.KeyParameters;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS for servers that negotiates Token Binding in the handshake, TLS 1.2 and 1.3, on any JDK.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8472">RFC 8472</a>
 */
public final class NegotiatingTls {
  private NegotiatingTls() {}

  /**
   * A context, which still has to be initialised with key managers and trust managers. It makes
   * engines for servers; it has no sockets.
   *
   * @param preference what is taken, the preferred first (RFC 8472 section 4); empty: all,
   *     ecdsap256 first
   */
  public static SSLContext context(List<KeyParameters> preference) {
    return new Context(new ServerContext(ServerContext.values(preference)));
  }

  /** The names of the protocols that such a context has. */
  public static Set<String> supportedProtocols() {
    return Set.copyOf(ServerVersion.ENABLED);
  }

  /** The names of the cipher suites that such a context has on this JVM. */
  public static Set<String> supportedCipherSuites() {
    return Set.copyOf(ServerCipherSuite.supported(new ConnectorCrypto(new SecureRandom())));
  }

  /** Whether an engine is of such a context. */
  public static boolean isNegotiating(SSLEngine engine) {
    return engine instanceof HoldfastSslEngine;
  }

  /**
   * Makes an engine take other key parameters than its context.
   *
   * @param engine one of such a context, whose handshake has not begun
   * @param preference as for {@link #context}
   * @throws IllegalArgumentException for another engine
   * @throws IllegalStateException when the handshake has begun
   */
  public static void setPreference(SSLEngine engine, List<KeyParameters> preference) {
    if (!(engine instanceof HoldfastSslEngine ours)) {
      throw new IllegalArgumentException("an engine that does not negotiate Token Binding");
    }
    ours.setTokenBindingPreference(ServerContext.values(preference));
  }

  /**
   * What the handshake of this session's connection agreed on; null when it agreed on nothing, when
   * it has not ended, or when another TLS layer gave the session.
   */
  public static @Nullable ExportedKeyingMaterial negotiated(@Nullable SSLSession session) {
    return session instanceof ConnectionSession ours ? ours.negotiated() : null;
  }

  /**
   * A copy of the 32 bytes of this session's connection, whatever its handshake agreed on; null
   * without extended master secret, before the handshake has ended, or for another TLS layer's.
   */
  public static byte @Nullable [] keyingMaterial(@Nullable SSLSession session) {
    return session instanceof ConnectionSession ours ? ours.keyingMaterial() : null;
  }

  private static final class Context extends SSLContext {
    Context(SSLContextSpi spi) {
      super(spi, TokenBindingProvider.INSTANCE, "TLS");
    }
  }
}
