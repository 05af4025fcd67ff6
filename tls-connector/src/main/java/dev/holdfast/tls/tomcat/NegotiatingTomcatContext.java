package dev.holdfast.tls.tomcat;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.jspecify.annotations.Nullable;

/** Tomcat's view of a context that negotiates Token Binding. */
final class NegotiatingTomcatContext implements SSLContext {
  private final javax.net.ssl.SSLContext context;
  private KeyManager[] keys = new KeyManager[0];
  private TrustManager[] trust = new TrustManager[0];

  NegotiatingTomcatContext(javax.net.ssl.SSLContext context) {
    this.context = context;
  }

  @Override
  public void init(
      KeyManager @Nullable [] keyManagers,
      TrustManager @Nullable [] trustManagers,
      @Nullable SecureRandom random)
      throws KeyManagementException {
    context.init(keyManagers, trustManagers, random);
    keys = keyManagers == null ? keys : keyManagers.clone();
    trust = trustManagers == null ? trust : trustManagers.clone();
  }

  @Override
  public void destroy() {}

  @Override
  public SSLEngine createSSLEngine() {
    return context.createSSLEngine();
  }

  @Override
  public SSLSessionContext getServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  public SSLServerSocketFactory getServerSocketFactory() {
    return context.getServerSocketFactory();
  }

  @Override
  public SSLParameters getSupportedSSLParameters() {
    return context.getSupportedSSLParameters();
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return only(X509KeyManager.class, keys)
        .map(manager -> manager.getCertificateChain(alias))
        .filter(chain -> chain != null)
        .findFirst()
        .orElse(null);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return only(X509TrustManager.class, trust)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .toArray(X509Certificate[]::new);
  }

  private static <T> Stream<T> only(Class<T> kind, Object[] managers) {
    return Arrays.stream(managers).filter(kind::isInstance).map(kind::cast);
  }
}
