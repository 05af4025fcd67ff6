package dev.holdfast.testing;

import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Remembers its engines, so that a test finds the connections of a client that hides them, such as
 * the JDK's HTTP client.
 */
public final class RecordingContext extends SSLContext {

  /**
   * A context that makes the delegate's engines.
   *
   * @param engines gets each engine as it is made, in their order; safe for use by many threads
   */
  public RecordingContext(SSLContext delegate, List<SSLEngine> engines) {
    super(new Spi(delegate, engines), delegate.getProvider(), delegate.getProtocol());
  }

  private static final class Spi extends SSLContextSpi {
    private final SSLContext delegate;
    private final List<SSLEngine> engines;

    Spi(SSLContext delegate, List<SSLEngine> engines) {
      this.delegate = delegate;
      this.engines = engines;
    }

    private SSLEngine noted(SSLEngine engine) {
      engines.add(engine);
      return engine;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return noted(delegate.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return noted(delegate.createSSLEngine(host, port));
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return delegate.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return delegate.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return delegate.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return delegate.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return delegate.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return delegate.getSupportedSSLParameters();
    }
  }
}
