package dev.holdfast.tls.engine.handshake;

import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.session.ResumableSessions;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * What all engines of a context share.
 *
 * @param nanos the time that handshakes are measured by, as {@link System#nanoTime}
 * @param cipherSuites the names of those supported, the preferred first
 * @param groups the values of those enabled, the preferred first
 * @param preference the TokenBindingKeyParameters that are taken, the preferred first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, cloned by who keeps it
public record ServerSettings(
    ConnectorCrypto crypto,
    X509KeyManager keys,
    X509TrustManager trust,
    ResumableSessions sessions,
    Limits limits,
    LongSupplier nanos,
    List<String> cipherSuites,
    int[] groups,
    List<Integer> preference) {

  /** Of an engine on which nothing has been set yet. */
  public EngineParameters parameters() {
    return new EngineParameters(crypto, cipherSuites, groups, preference);
  }
}
