package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.crypto.ServerVersion;
import dev.holdfast.tls.engine.handshake.EngineParameters;
import dev.holdfast.tls.engine.handshake.EngineParameters.ClientCertificateRequest;
import dev.holdfast.tls.engine.handshake.Handshake;
import dev.holdfast.tls.engine.handshake.ServerSettings;
import dev.holdfast.tls.engine.session.ConnectionSession;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a TLS connection, which negotiates Token Binding in its handshake (RFC 8472)
 * and keeps the connection's keying material.
 *
 * <p>It is for servers only. What a container sets before the handshake is kept in {@link
 * EngineParameters}; what it answers is that of the {@link Connection}'s state.
 */
final class HoldfastSslEngine extends SSLEngine {
  private final ServerSettings settings;
  private final EngineParameters parameters;
  private final ConnectionSession session;
  private final Handshake handshake;
  private final Connection connection;

  HoldfastSslEngine(ServerSettings settings, @Nullable String host, int port) {
    super(host, port);
    this.settings = settings;
    this.parameters = settings.parameters();
    this.session = new ConnectionSession(settings.sessions(), host, port);
    this.handshake = new Handshake(settings, this, parameters, session);
    this.connection = new Connection(handshake);
  }

  /** Other key parameters than its context's, the preferred first. */
  void setTokenBindingPreference(List<Integer> keyParameters) {
    requireNotBegun();
    parameters.setKeyParameters(keyParameters);
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
      throws SSLException {
    requireBuffers(sources, offset, length);
    requireWritable(destination);
    return connection.wrap(sources, offset, length, destination);
  }

  @Override
  public SSLEngineResult unwrap(
      ByteBuffer source, ByteBuffer[] destinations, int offset, int length) throws SSLException {
    requireGiven(source);
    requireBuffers(destinations, offset, length);
    for (int i = offset; i < offset + length; i++) {
      requireWritable(destinations[i]);
    }
    return connection.unwrap(source, destinations, offset, length);
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    return connection.takeTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    connection.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return connection.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    connection.closeOutbound();
  }

  @Override
  public boolean isOutboundDone() {
    return connection.isOutboundDone();
  }

  /** The first handshake; another one is refused. */
  @Override
  public void beginHandshake() throws SSLException {
    connection.beginHandshake();
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return connection.status();
  }

  /** One object from the beginning to the end of the connection. */
  @Override
  public SSLSession getSession() {
    return session;
  }

  @Override
  public @Nullable SSLSession getHandshakeSession() {
    return handshake.isBegun() && !handshake.isFinished() ? session : null;
  }

  /** Null until FINISHED has been said: Undertow begins with the protocol when it is known. */
  @Override
  public @Nullable String getApplicationProtocol() {
    return handshake.isAnnounced() ? handshake.applicationProtocol() : null;
  }

  @Override
  public @Nullable String getHandshakeApplicationProtocol() {
    return handshake.isAnnounced() ? null : handshake.applicationProtocol();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      @Nullable BiFunction<SSLEngine, List<String>, String> selector) {
    parameters.setSelector(selector);
  }

  @Override
  public @Nullable BiFunction<SSLEngine, List<String>, String>
      getHandshakeApplicationProtocolSelector() {
    return parameters.selector();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return settings.cipherSuites().toArray(String[]::new);
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return parameters.cipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    parameters.setCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return ServerVersion.ENABLED.toArray(String[]::new);
  }

  @Override
  public String[] getEnabledProtocols() {
    return parameters.protocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    parameters.setProtocols(protocols);
  }

  @Override
  public SSLParameters getSSLParameters() {
    return parameters.get();
  }

  @Override
  public void setSSLParameters(SSLParameters given) {
    parameters.set(given);
  }

  /**
   * @throws IllegalArgumentException for the client's end
   */
  @Override
  public void setUseClientMode(boolean client) {
    if (client) {
      throw new IllegalArgumentException("this engine is for servers");
    }
  }

  @Override
  public boolean getUseClientMode() {
    return false;
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    parameters.setClientCertificateRequest(
        need ? ClientCertificateRequest.NEED : ClientCertificateRequest.NONE);
  }

  @Override
  public boolean getNeedClientAuth() {
    return parameters.clientCertificateRequest() == ClientCertificateRequest.NEED;
  }

  @Override
  public void setWantClientAuth(boolean want) {
    parameters.setClientCertificateRequest(
        want ? ClientCertificateRequest.WANT : ClientCertificateRequest.NONE);
  }

  @Override
  public boolean getWantClientAuth() {
    return parameters.clientCertificateRequest() == ClientCertificateRequest.WANT;
  }

  @Override
  public void setEnableSessionCreation(boolean allowed) {
    parameters.setSessionCreation(allowed);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return parameters.createsSessions();
  }

  private static void requireBuffers(ByteBuffer[] buffers, int offset, int length) {
    requireGiven(buffers);
    Objects.checkFromIndexSize(offset, length, buffers.length);
    for (int i = offset; i < offset + length; i++) {
      requireGiven(buffers[i]);
    }
  }

  private static void requireGiven(@Nullable Object argument) {
    if (argument == null) {
      throw new IllegalArgumentException("a buffer is null");
    }
  }

  /** Before anything moves: what was decrypted could not be handed over any more. */
  private static void requireWritable(ByteBuffer buffer) {
    requireGiven(buffer);
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
  }

  private void requireNotBegun() {
    if (handshake.isBegun()) {
      throw new IllegalStateException("the handshake has begun");
    }
  }
}
