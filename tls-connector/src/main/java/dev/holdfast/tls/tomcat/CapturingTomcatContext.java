package dev.holdfast.tls.tomcat;

import dev.holdfast.tls.ConnectionKeyingMaterial;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.jspecify.annotations.Nullable;

/** Tomcat's view of a context, whose engines keep the keying material of their connection. */
final class CapturingTomcatContext implements SSLContext {
  private final SSLContext delegate;

  CapturingTomcatContext(SSLContext delegate) {
    this.delegate = delegate;
  }

  @Override
  public SSLEngine createSSLEngine() {
    return ConnectionKeyingMaterial.capturing(delegate.createSSLEngine());
  }

  @Override
  public void init(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    delegate.init(keys, trust, random);
  }

  @Override
  public void destroy() {
    delegate.destroy();
  }

  @Override
  public SSLSessionContext getServerSessionContext() {
    return delegate.getServerSessionContext();
  }

  @Override
  public SSLServerSocketFactory getServerSocketFactory() {
    return delegate.getServerSocketFactory();
  }

  @Override
  public SSLParameters getSupportedSSLParameters() {
    return delegate.getSupportedSSLParameters();
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return delegate.getCertificateChain(alias);
  }

  @Override
  public X509Certificate @Nullable [] getAcceptedIssuers() {
    return delegate.getAcceptedIssuers();
  }
}
