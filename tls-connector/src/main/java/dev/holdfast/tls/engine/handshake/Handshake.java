package dev.holdfast.tls.engine.handshake;

import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.record.ServerProtocol;
import dev.holdfast.tls.engine.session.ConnectionSession;
import dev.holdfast.tls.engine.session.HandshakeFigures;
import dev.holdfast.tls.engine.session.ResumableSessions;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolName;
import org.jspecify.annotations.Nullable;

/** What a handshake needs from its engine and its context, and where its results go. */
public final class Handshake {
  private final ServerSettings settings;
  private final SSLEngine engine;
  private final EngineParameters parameters;
  private final ConnectionSession session;

  private volatile @Nullable String applicationProtocol;
  private volatile boolean begun;
  private volatile boolean finished;
  private volatile boolean announced;

  public Handshake(
      ServerSettings settings,
      SSLEngine engine,
      EngineParameters parameters,
      ConnectionSession session) {
    this.settings = settings;
    this.engine = engine;
    this.parameters = parameters;
    this.session = session;
  }

  public ConnectorCrypto crypto() {
    return settings.crypto();
  }

  X509KeyManager keys() {
    return settings.keys();
  }

  X509TrustManager trust() {
    return settings.trust();
  }

  ResumableSessions sessions() {
    return settings.sessions();
  }

  public Limits limits() {
    return settings.limits();
  }

  public LongSupplier nanos() {
    return settings.nanos();
  }

  SSLEngine engine() {
    return engine;
  }

  EngineParameters parameters() {
    return parameters;
  }

  public ConnectionSession session() {
    return session;
  }

  /**
   * The protocol of the application, by the container's selector or its list.
   *
   * @param offered the client's, at least one
   * @return empty for none, null to refuse
   */
  @Nullable String selectProtocol(List<String> offered) {
    BiFunction<SSLEngine, List<String>, String> selector = parameters.selector();
    String selected;
    if (selector != null) {
      selected = selector.apply(engine, List.copyOf(offered));
    } else if (parameters.applicationProtocols().isEmpty()) {
      selected = "";
    } else {
      selected =
          parameters.applicationProtocols().stream()
              .filter(offered::contains)
              .findFirst()
              .orElse(null);
    }
    applicationProtocol = selected;
    return selected;
  }

  /**
   * Whether a record of the handshake runs as a task: what is readable, and what is encrypted where
   * certificates are asked for.
   */
  public boolean isDelegated(byte type, ServerProtocol protocol) {
    return switch (type) {
      case ContentType.handshake -> !protocol.hasReceivedChangeCipherSpec();
      case ContentType.application_data ->
          parameters.clientCertificateRequest() != EngineParameters.ClientCertificateRequest.NONE;
      default -> false;
    };
  }

  public void begin() {
    begun = true;
  }

  public boolean isBegun() {
    return begun;
  }

  void finished(@Nullable ProtocolName protocol, boolean resumed) {
    applicationProtocol = protocol == null ? "" : protocol.getUtf8Decoding();
    finished = true;
    HandshakeFigures.completed(session, resumed);
  }

  public boolean isFinished() {
    return finished;
  }

  /** FINISHED has been said to the container. */
  public void announce() {
    announced = true;
  }

  public boolean isAnnounced() {
    return announced;
  }

  /** Empty for none, null while it is not chosen. */
  public @Nullable String applicationProtocol() {
    return applicationProtocol;
  }
}
