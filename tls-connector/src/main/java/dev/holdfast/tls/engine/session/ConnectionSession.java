package dev.holdfast.tls.engine.session;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.tls.engine.crypto.ServerSignatureScheme;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * One connection's session, from the engine's creation to its end. What it says fills up while the
 * handshake goes on; the client's certificates and the keying material appear when it has ended.
 *
 * <p>A connection that resumes another's TLS session has a session object of its own: nothing that
 * a container keeps in it reaches the other connection.
 */
public final class ConnectionSession extends ExtendedSSLSession {
  /** Plaintext, expansion as far as TLS 1.2 allows it, header. */
  private static final int PACKET = 16_384 + 2_048 + 5;

  private static final int PLAINTEXT = 16_384;

  private final SSLSessionContext context;
  private final @Nullable String peerHost;
  private final int peerPort;
  private final Map<String, Object> values = new ConcurrentHashMap<>();

  private volatile long created = System.currentTimeMillis();
  private volatile byte[] id = new byte[0];
  private volatile String protocol = "NONE";
  private volatile String cipherSuite = "SSL_NULL_WITH_NULL_NULL";
  private volatile List<SNIServerName> serverNames = List.of();
  private volatile String[] peerSignatureAlgorithms = new String[0];
  private volatile X509Certificate @Nullable [] localCertificates;
  private volatile X509Certificate @Nullable [] peerCertificates;
  private volatile @Nullable Runnable resumable;
  private volatile byte @Nullable [] keyingMaterial;
  private volatile @Nullable ExportedKeyingMaterial negotiated;
  private volatile boolean valid = true;

  public ConnectionSession(SSLSessionContext context, @Nullable String peerHost, int peerPort) {
    this.context = context;
    this.peerHost = peerHost;
    this.peerPort = peerPort;
  }

  /** What the client asks for, before anything is chosen by it. */
  public void offered(String version, List<SNIServerName> names, String[] signatureAlgorithms) {
    protocol = version;
    serverNames = List.copyOf(names);
    peerSignatureAlgorithms = signatureAlgorithms.clone();
  }

  public void selected(String suite, X509Certificate @Nullable [] ours) {
    cipherSuite = suite;
    localCertificates = ours;
  }

  /**
   * The handshake has ended.
   *
   * @param sessionId the session's, or one that is made up where TLS has none
   * @param began when the TLS session began that this connection made or resumed
   * @param client the client's chain, null without one
   * @param forget makes the TLS session one that cannot be resumed
   */
  public void established(
      byte[] sessionId,
      long began,
      X509Certificate @Nullable [] client,
      @Nullable Runnable forget) {
    id = sessionId.clone();
    created = began;
    peerCertificates = client;
    resumable = forget;
  }

  /**
   * Keeps what was exported.
   *
   * @param exported 32 bytes, or null without extended master secret
   * @param keyParameters what the handshake agreed on, or null for no Token Binding
   */
  public void exported(byte @Nullable [] exported, @Nullable Integer keyParameters) {
    keyingMaterial = exported;
    negotiated =
        exported == null || keyParameters == null
            ? null
            : new ExportedKeyingMaterial(
                exported, keyParameters, ExportedKeyingMaterial.Agreement.NEGOTIATED);
  }

  public byte @Nullable [] keyingMaterial() {
    byte[] kept = keyingMaterial;
    return kept == null ? null : kept.clone();
  }

  public @Nullable ExportedKeyingMaterial negotiated() {
    return negotiated;
  }

  X509Certificate @Nullable [] localChain() {
    return localCertificates;
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return ServerSignatureScheme.names();
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return peerSignatureAlgorithms.clone();
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return serverNames;
  }

  /** Always none: a server does not receive any. */
  @Override
  public List<byte[]> getStatusResponses() {
    return List.of();
  }

  @Override
  public byte[] getId() {
    return id.clone();
  }

  @Override
  public SSLSessionContext getSessionContext() {
    return context;
  }

  @Override
  public long getCreationTime() {
    return created;
  }

  @Override
  public long getLastAccessedTime() {
    return created;
  }

  @Override
  public void invalidate() {
    valid = false;
    Runnable forget = resumable;
    if (forget != null) {
      forget.run();
    }
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public void putValue(String name, Object value) {
    unbound(name, values.put(given(name), given(value)));
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueBound(new SSLSessionBindingEvent(this, name));
    }
  }

  @Override
  public @Nullable Object getValue(String name) {
    return values.get(given(name));
  }

  @Override
  public void removeValue(String name) {
    unbound(name, values.remove(given(name)));
  }

  private void unbound(String name, @Nullable Object value) {
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueUnbound(new SSLSessionBindingEvent(this, name));
    }
  }

  private static <T> T given(@Nullable T argument) {
    if (argument == null) {
      throw new IllegalArgumentException("null");
    }
    return argument;
  }

  @Override
  public String[] getValueNames() {
    return values.keySet().toArray(String[]::new);
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    return peer().clone();
  }

  private X509Certificate[] peer() throws SSLPeerUnverifiedException {
    X509Certificate[] chain = peerCertificates;
    if (chain == null || chain.length == 0) {
      throw new SSLPeerUnverifiedException("peer not authenticated");
    }
    return chain;
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    X509Certificate[] chain = localCertificates;
    return chain == null ? null : chain.clone();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return peer()[0].getSubjectX500Principal();
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    X509Certificate[] chain = localCertificates;
    return chain == null || chain.length == 0 ? null : chain[0].getSubjectX500Principal();
  }

  @Override
  public String getCipherSuite() {
    return cipherSuite;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public @Nullable String getPeerHost() {
    return peerHost;
  }

  @Override
  public int getPeerPort() {
    return peerPort;
  }

  @Override
  public int getPacketBufferSize() {
    return PACKET;
  }

  @Override
  public int getApplicationBufferSize() {
    return PLAINTEXT;
  }

  @Override
  public String toString() {
    return "ConnectionSession[" + protocol + ", " + cipherSuite + "]";
  }
}
