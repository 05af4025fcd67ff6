package dev.holdfast.tls.engine.handshake;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.tls.engine.crypto.ServerCipherSuite;
import dev.holdfast.tls.engine.crypto.ServerGroup;
import dev.holdfast.tls.engine.crypto.ServerSignatureScheme;
import dev.holdfast.tls.engine.crypto.ServerVersion;
import dev.holdfast.tls.engine.session.ConnectionSession;
import dev.holdfast.tls.engine.session.ResumableSession;
import dev.holdfast.tls.engine.session.ResumableSessions;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.net.ssl.SNIServerName;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decides what one handshake agrees on, Token Binding among it. */
public final class ServerPeer extends AbstractTlsServer {
  private static final Integer EARLY_DATA = ExtensionType.early_data;
  private static final Integer SERVER_NAME = ExtensionType.server_name;
  private static final int SESSION_ID_BYTES = 32;

  private final Handshake handshake;
  private final EngineParameters parameters;
  private final ServerCredentials credentials;
  private final ClientCertificates clients;
  private final ResumableSessions sessions;

  private ServerCredentials.@Nullable Chosen chosen;
  private @Nullable ResumableSession resumed;
  private X509Certificate @Nullable [] clientChain;
  private @Nullable TokenBindingOffer offer;
  private @Nullable Integer keyParameters;
  private List<SNIServerName> serverNames = List.of();

  public ServerPeer(Handshake handshake, JcaTlsCrypto crypto) {
    super(crypto);
    this.handshake = handshake;
    this.parameters = handshake.parameters();
    this.sessions = handshake.sessions();
    this.credentials =
        new ServerCredentials(handshake.crypto(), handshake.keys(), handshake.engine());
    this.clients =
        new ClientCertificates(handshake.crypto(), handshake.trust(), handshake.engine());
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return parameters.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return parameters.cipherSuiteValues();
  }

  @Override
  public int[] getSupportedGroups() {
    return parameters.groups();
  }

  @Override
  protected boolean preferLocalCipherSuites() {
    return parameters.prefersOwnOrder();
  }

  @Override
  protected boolean allowCertificateStatus() {
    return false;
  }

  @Override
  protected boolean shouldSelectProtocolNameEarly() {
    return false; // a selector asks for the protocol's version and the cipher suite
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return handshake.limits().messageBytes();
  }

  @Override
  public int getMaxCertificateChainLength() {
    return handshake.limits().chainLength();
  }

  /** A client without it is served; Token Binding is not negotiated with it. */
  @Override
  public void notifySecureRenegotiation(boolean secure) {}

  @Override
  protected int getMaximumNegotiableCurveBits() {
    int group = commonGroup();
    return group < 0 ? 0 : NamedGroup.getCurveBits(group);
  }

  @Override
  protected int selectECDH(int minimumCurveBits) {
    return commonGroup();
  }

  private int commonGroup() {
    return ServerGroup.common(
        parameters.groups(), context.getSecurityParametersHandshake().getClientSupportedGroups());
  }

  @Override
  public void processClientExtensions(@SuppressWarnings("rawtypes") Hashtable extensions)
      throws IOException {
    super.processClientExtensions(extensions);
    HelloExtensions.require(context, extensions);
    byte[] data = (byte[]) extensions.get(TokenBindingOffer.TYPE);
    offer = data == null ? null : TokenBindingOffer.parse(data);
    if (offer != null && extensions.containsKey(EARLY_DATA)) {
      offer = null; // tokbind-tls13 section 3: never together
    }
    serverNames =
        RequestedNames.of(
            context.getSecurityParametersHandshake().getClientServerNames(),
            parameters.sniMatchers());
  }

  @Override
  public @Nullable TlsSession getSessionToResume(byte[] sessionId) {
    describe();
    ResumableSession found = sessionId.length == 0 ? null : sessions.find(sessionId);
    if (found == null
        || !found.serverNames().equals(serverNames)
        || !Arrays.contains(offeredCipherSuites, found.cipherSuite())
        || !Arrays.contains(getCipherSuites(), found.cipherSuite())
        || (parameters.needsClient() && !found.hasPeer())) {
      return null;
    }
    resumed = found;
    return found.tls();
  }

  @Override
  public byte @Nullable [] getNewSessionID() {
    resumed = null; // what was found cannot be resumed
    return context.getSecurityParametersHandshake().isExtendedMasterSecret()
        ? context.getNonceGenerator().generateNonce(SESSION_ID_BYTES)
        : null;
  }

  @Override
  public void notifySession(TlsSession session) {
    if (resumed == null && !parameters.createsSessions()) {
      throw new IllegalStateException("new sessions are not allowed on this engine");
    }
  }

  private void describe() {
    SecurityParameters security = context.getSecurityParametersHandshake();
    handshake
        .session()
        .offered(
            isTls13() ? ServerVersion.TLS13 : ServerVersion.TLS12,
            serverNames,
            ServerSignatureScheme.names(security.getClientSigAlgs()));
  }

  private boolean isTls13() {
    return TlsUtils.isTLSv13(context);
  }

  @Override
  public int getSelectedCipherSuite() throws IOException {
    describe();
    int suite = super.getSelectedCipherSuite();
    ServerCredentials.Chosen ours = chosen;
    handshake.session().selected(ServerCipherSuite.name(suite), ours == null ? null : ours.chain());
    return suite;
  }

  @Override
  protected boolean selectCipherSuite(int suite) throws IOException {
    List<?> offered = context.getSecurityParametersHandshake().getClientSigAlgs();
    short signature =
        isTls13()
            ? -1
            : TlsUtils.getLegacySignatureAlgorithmServer(TlsUtils.getKeyExchangeAlgorithm(suite));
    chosen = credentials.choose(context, offered, signature);
    return chosen != null && super.selectCipherSuite(suite);
  }

  @Override
  public @Nullable TlsCredentials getCredentials() {
    ServerCredentials.Chosen ours = chosen;
    return ours == null ? null : ours.signer();
  }

  /**
   * On every handshake, a resumed one too; by then extended master secret and renegotiation_info
   * are settled. What a resumed session has stored counts for nothing here.
   */
  @Override
  public void getServerExtensionsForConnection(
      @SuppressWarnings("rawtypes") Hashtable serverExtensions) throws IOException {
    SecurityParameters security = context.getSecurityParametersHandshake();
    @SuppressWarnings("unchecked")
    Hashtable<Integer, byte[]> extensions = serverExtensions;
    extensions.remove(TokenBindingOffer.TYPE);
    if (security.isResumedSession()) {
      extensions
          .keySet()
          .removeIf(type -> clientExtensions == null || !clientExtensions.containsKey(type));
      extensions.remove(SERVER_NAME); // RFC 6066 section 3
      ResumableSession from = resumed;
      handshake
          .session()
          .selected(
              ServerCipherSuite.name(security.getCipherSuite()),
              from == null ? null : from.local());
    } else if (!serverNames.isEmpty() && !parameters.sniMatchers().isEmpty()) {
      TlsExtensionsUtils.addServerNameExtensionServer(serverExtensions);
    }
    super.getServerExtensionsForConnection(serverExtensions);
    keyParameters = negotiate(security);
    if (keyParameters != null) {
      extensions.put(TokenBindingOffer.TYPE, TokenBindingOffer.answer(keyParameters));
    }
  }

  /** RFC 8472 section 3; in TLS 1.3 the two extensions have no meaning. */
  private @Nullable Integer negotiate(SecurityParameters security) {
    TokenBindingOffer offered = offer;
    if (offered == null
        || !(isTls13()
            || (security.isExtendedMasterSecret() && security.isSecureRenegotiation()))) {
      return null;
    }
    return offered.select(parameters.keyParameters());
  }

  @Override
  protected @Nullable ProtocolName selectProtocolName() throws IOException {
    List<String> offered = new ArrayList<>();
    for (Object name : clientProtocolNames) {
      offered.add(((ProtocolName) name).getUtf8Decoding());
    }
    String selected = handshake.selectProtocol(offered);
    if (selected == null || !(selected.isEmpty() || offered.contains(selected))) {
      throw new TlsFatalAlert(AlertDescription.no_application_protocol);
    }
    return selected.isEmpty() ? null : ProtocolName.asUtf8Encoding(selected);
  }

  @Override
  public @Nullable CertificateRequest getCertificateRequest() throws IOException {
    return clients.request(parameters.clientCertificateRequest(), isTls13());
  }

  @Override
  public void notifyClientCertificate(@Nullable Certificate certificate) throws IOException {
    clientChain = clients.check(certificate, parameters.clientCertificateRequest(), isTls13());
  }

  /** The only moment in which Bouncy Castle exports. */
  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SecurityParameters security = context.getSecurityParametersConnection();
    ConnectionSession session = handshake.session();
    session.exported(
        security.isExtendedMasterSecret()
            ? context.exportKeyingMaterial(
                "EXPORTER-Token-Binding", null, ExportedKeyingMaterial.BYTES)
            : null,
        keyParameters);
    if (resumed != null && security.isResumedSession()) {
      sessions.resumed(security.getSessionID(), resumed, session);
    } else {
      byte[] madeUp = context.getNonceGenerator().generateNonce(SESSION_ID_BYTES);
      TlsSession tls = isTls13() ? null : context.getResumableSession();
      sessions.established(tls, security, serverNames, clientChain, session, madeUp);
    }
    handshake.finished(security.getApplicationProtocol(), security.isResumedSession());
  }
}
