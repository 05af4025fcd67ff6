package dev.holdfast.tls.engine.session;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIServerName;
import org.bouncycastle.tls.TlsSession;
import org.jspecify.annotations.Nullable;

/**
 * A TLS 1.2 session that another connection may resume by its ID. The keying material is not part
 * of it: each connection exports its own, and negotiates Token Binding afresh (RFC 8472 section 4).
 *
 * @param tls the session itself
 * @param began when, in milliseconds since the epoch
 * @param serverNames what the client asked for then; only the same again resumes (RFC 6066)
 * @param cipherSuite the value of its cipher suite
 * @param local our chain
 * @param peer the client's chain, null without one
 */
@SuppressWarnings("ArrayRecordComponent") // of immutable certificates, never compared
public record ResumableSession(
    TlsSession tls,
    long began,
    List<SNIServerName> serverNames,
    int cipherSuite,
    X509Certificate @Nullable [] local,
    X509Certificate @Nullable [] peer) {

  public boolean hasPeer() {
    return peer != null && peer.length > 0;
  }
}
