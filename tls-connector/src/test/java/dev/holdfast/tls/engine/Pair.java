package dev.holdfast.tls.engine;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The JDK's client and our server, with a wire that cuts what they say into pieces. */
final class Pair {
  final EngineEnd client;
  final EngineEnd server;
  private final int piece;
  private boolean begun;

  private Pair(EngineEnd client, EngineEnd server, int piece) {
    this.client = client;
    this.server = server;
    this.piece = piece;
  }

  static Pair of(ThrowAwayPki pki, String version, int piece, int room) throws Exception {
    return of(pki.sslContext(), server(pki), version, piece, room);
  }

  static Pair of(SSLContext client, SSLContext server, String version, int piece, int room) {
    SSLEngine asking = client.createSSLEngine("localhost", 443);
    asking.setUseClientMode(true);
    asking.setEnabledProtocols(new String[] {version});
    return new Pair(new EngineEnd(asking), new EngineEnd(server.createSSLEngine(), room), piece);
  }

  static SSLContext server(ThrowAwayPki pki) throws Exception {
    SSLContext context = NegotiatingTls.context(List.of());
    context.init(keyManagers(pki), new TrustManager[] {trust(pki)}, null);
    return context;
  }

  static KeyManager[] keyManagers(ThrowAwayPki pki) throws Exception {
    return keyManagers(pki.serverCertificate());
  }

  static KeyManager[] keyManagers(Identity identity) throws Exception {
    char[] password = "in memory only".toCharArray();
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(identity.keyStore(password), password);
    return factory.getKeyManagers();
  }

  static X509TrustManager trust(ThrowAwayPki pki) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", pki.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  /** Until nobody has anything to say. */
  Pair talk() throws SSLException {
    if (!begun) {
      client.engine.beginHandshake();
      begun = true;
    }
    byte[] said = client.take(new byte[0]);
    while (said.length > 0) {
      byte[] answer = deliver(said, server);
      said = answer.length == 0 ? new byte[0] : deliver(answer, client);
    }
    return this;
  }

  private byte[] deliver(byte[] bytes, EngineEnd to) {
    byte[] answers = new byte[0];
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] more = to.take(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
      int length = answers.length;
      answers = Arrays.copyOf(answers, length + more.length);
      System.arraycopy(more, 0, answers, length, more.length);
    }
    return answers;
  }

  void clientSays(byte[] data) throws SSLException {
    deliver(client.say(data), server);
  }

  void serverSays(byte[] data) throws SSLException {
    deliver(server.say(data), client);
  }

  /** Trusts as another does, and does not say whom. */
  record Silent(X509TrustManager other) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      other.checkClientTrusted(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      other.checkServerTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
