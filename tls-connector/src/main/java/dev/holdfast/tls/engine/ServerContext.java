package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.crypto.ServerCipherSuite;
import dev.holdfast.tls.engine.crypto.ServerGroup;
import dev.holdfast.tls.engine.handshake.Limits;
import dev.holdfast.tls.engine.handshake.ServerSettings;
import dev.holdfast.tls.engine.session.ResumableSessions;
import dev.holdfast.tokenbinding.message.KeyParameters;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes engines for servers. It has no sockets and no clients. */
final class ServerContext extends SSLContextSpi {
  private static final List<KeyParameters> ALL =
      List.of(KeyParameters.ECDSAP256, KeyParameters.RSA2048_PSS, KeyParameters.RSA2048_PKCS1_5);

  private final List<Integer> preference;
  private final LongSupplier nanos;
  private volatile @Nullable ServerSettings settings;

  /**
   * @param preference the TokenBindingKeyParameters that are taken, the preferred first
   */
  ServerContext(List<Integer> preference) {
    this(preference, System::nanoTime);
  }

  ServerContext(List<Integer> preference, LongSupplier nanos) {
    this.preference = List.copyOf(preference);
    this.nanos = nanos;
  }

  /** The values of these key parameters; where there are none, of all, ecdsap256 first. */
  static List<Integer> values(List<KeyParameters> preference) {
    return (preference.isEmpty() ? ALL : preference).stream().map(KeyParameters::value).toList();
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    ConnectorCrypto crypto = new ConnectorCrypto(random == null ? new SecureRandom() : random);
    settings =
        new ServerSettings(
            crypto,
            keyManager(keys),
            trustManager(trust == null ? platformTrust() : trust),
            new ResumableSessions(System::currentTimeMillis),
            Limits.fromSystemProperties(),
            nanos,
            ServerCipherSuite.supported(crypto),
            ServerGroup.enabled(crypto),
            preference);
  }

  private static X509KeyManager keyManager(KeyManager @Nullable [] given) {
    for (KeyManager manager : given == null ? new KeyManager[0] : given) {
      if (manager instanceof X509KeyManager known) {
        return known;
      }
    }
    return new NoKeys();
  }

  private static X509TrustManager trustManager(TrustManager[] given) {
    for (TrustManager manager : given) {
      if (manager instanceof X509TrustManager known) {
        return known;
      }
    }
    return new NoTrust();
  }

  private static TrustManager[] platformTrust() throws KeyManagementException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new KeyManagementException("the platform's trust store cannot be read", e);
    }
  }

  private ServerSettings settings() {
    ServerSettings known = settings;
    if (known == null) {
      throw new IllegalStateException("the context is not initialised");
    }
    return known;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return new HoldfastSslEngine(settings(), null, -1);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return new HoldfastSslEngine(settings(), host, port);
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return settings().sessions();
  }

  /** One without any sessions. */
  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return new ResumableSessions(System::currentTimeMillis);
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    ServerSettings known = settings();
    return known.parameters().get();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return engineGetDefaultSSLParameters();
  }

  /**
   * @throws UnsupportedOperationException always
   */
  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw new UnsupportedOperationException("this context makes engines only");
  }

  /**
   * @throws UnsupportedOperationException always
   */
  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException("this context makes engines only");
  }

  private static final class NoKeys extends X509ExtendedKeyManager {
    @Override
    public String @Nullable [] getClientAliases(String type, java.security.Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, java.security.Principal[] issuers, java.net.Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, java.security.Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, java.security.Principal[] issuers, java.net.Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }

  /** Takes nobody. */
  private static final class NoTrust implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("nobody is trusted");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("nobody is trusted");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
