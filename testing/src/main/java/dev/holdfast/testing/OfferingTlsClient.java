package dev.holdfast.testing;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's client with the extension; it keeps what was agreed on. */
@SuppressWarnings({"JdkObsolete", "rawtypes", "unchecked"}) // Bouncy Castle's types
final class OfferingTlsClient extends DefaultTlsClient {
  static final Integer TOKEN_BINDING = 24;
  private static final Integer EARLY_DATA = 42;
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final TokenBindingClient.Options options;
  private final TokenBindingClient.SessionHolder last;
  private final String host;

  private byte @Nullable [] answer;
  private byte @Nullable [] keyingMaterial;
  private boolean resumed;
  private String protocol = "";
  private short alertReceived = -1;

  OfferingTlsClient(TokenBindingClient client, String host) {
    super(new JcaTlsCryptoProvider().setProvider(PROVIDER).create(new SecureRandom()));
    this.options = client.options;
    this.last = client.last;
    this.host = host;
  }

  byte @Nullable [] answer() {
    return answer;
  }

  byte @Nullable [] keyingMaterial() {
    return keyingMaterial;
  }

  boolean isResumed() {
    return resumed;
  }

  String applicationProtocol() {
    return protocol;
  }

  short alertReceived() {
    return alertReceived;
  }

  void answered(byte @Nullable [] extension) {
    answer = extension;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return options.version().equals("TLSv1.3")
        ? ProtocolVersion.TLSv13.only()
        : ProtocolVersion.TLSv12.only();
  }

  @Override
  public boolean shouldUseExtendedMasterSecret() {
    return options.extendedMasterSecret();
  }

  @Override
  public @Nullable TlsSession getSessionToResume() {
    return options.resuming() ? last.session : null;
  }

  @Override
  protected Vector getSNIServerNames() {
    Vector<ServerName> names = new Vector<>();
    names.add(new ServerName((short) 0, host.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    return names;
  }

  @Override
  protected @Nullable Vector getProtocolNames() {
    Vector<ProtocolName> names = new Vector<>();
    options.protocols().forEach(name -> names.add(ProtocolName.asUtf8Encoding(name)));
    return names.isEmpty() ? null : names;
  }

  @Override
  public @Nullable Vector getEarlyKeyShareGroups() {
    return options.keyShare() ? super.getEarlyKeyShareGroups() : null;
  }

  @Override
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
    byte[] offered = options.extension();
    if (offered != null) {
      extensions.put(TOKEN_BINDING, offered);
    }
    extensions.putAll(options.more());
    if (options.earlyData()) {
      extensions.put(EARLY_DATA, new byte[0]);
    }
    return extensions;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new ServerAuthentication(context, options, host);
  }

  @Override
  public void notifyAlertReceived(short level, short alert) {
    alertReceived = alert;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SecurityParameters security = context.getSecurityParametersConnection();
    byte[] agreed = answer;
    if (agreed != null) {
      check(agreed, security);
    }
    if (security.isExtendedMasterSecret()) {
      keyingMaterial = context.exportKeyingMaterial("EXPORTER-Token-Binding", null, 32);
    }
    resumed = security.isResumedSession();
    ProtocolName selected = security.getApplicationProtocol();
    protocol = selected == null ? "" : selected.getUtf8Decoding();
    last.session = context.getResumableSession();
  }

  /** RFC 8472 section 4. */
  private void check(byte[] agreed, SecurityParameters security) throws TlsFatalAlert {
    byte[] offered = options.extension();
    boolean tls13 = options.version().equals("TLSv1.3");
    boolean sound = offered != null && agreed.length == 4 && agreed[2] == 1;
    sound &= tls13 || (security.isExtendedMasterSecret() && security.isSecureRenegotiation());
    if (!sound
        || offered == null
        || (agreed[0] & 0xff) > (offered[0] & 0xff)
        || !contains(offered, agreed[3])) {
      throw new TlsFatalAlert(AlertDescription.unsupported_extension);
    }
  }

  private static boolean contains(byte[] offered, byte selected) {
    for (int i = 3; i < offered.length; i++) {
      if (offered[i] == selected) {
        return true;
      }
    }
    return false;
  }
}
