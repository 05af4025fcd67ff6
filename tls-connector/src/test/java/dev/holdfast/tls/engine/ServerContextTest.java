package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import dev.holdfast.testing.Validity;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a context brings: certificates by name, limits, a provider's name. */
class ServerContextTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, one.example", "TLSv1.2, two.example",
    "TLSv1.3, one.example", "TLSv1.3, two.example",
  })
  void theNameDecidesBetweenCertificates(String version, String name) throws Exception {
    char[] password = "in memory only".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (String host : List.of("one.example", "two.example")) {
      Identity identity = PKI.serverCertificate(Validity.current(), List.of(host));
      store.setKeyEntry(
          host, identity.privateKey(), password, identity.chain().toArray(Certificate[]::new));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, password);
    X509ExtendedKeyManager all = (X509ExtendedKeyManager) keys.getKeyManagers()[0];
    SSLContext server = NegotiatingTls.context(List.of());
    server.init(new KeyManager[] {new ByName(all)}, new TrustManager[] {Pair.trust(PKI)}, null);

    Pair pair = Pair.of(PKI.sslContext(), server, version, 1 << 20, 1 << 15);
    SSLParameters parameters = pair.client.engine.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    pair.client.engine.setSSLParameters(parameters);
    pair.talk();

    X509Certificate shown =
        (X509Certificate) pair.client.engine.getSession().getPeerCertificates()[0];
    assertThat(shown.getSubjectAlternativeNames().iterator().next().get(1)).isEqualTo(name);
    assertThat(pair.server.engine.getSession().getLocalPrincipal())
        .isEqualTo(shown.getSubjectX500Principal());
  }

  /** As containers do: the alias is the name that the client asks for. */
  private static final class ByName extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager all;

    ByName(X509ExtendedKeyManager all) {
      this.all = all;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      ExtendedSSLSession session = (ExtendedSSLSession) engine.getHandshakeSession();
      return ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return all.getClientAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      return all.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return all.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return all.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return all.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return all.getPrivateKey(alias);
    }
  }

  @Test
  void aHandshakeThatTakesTooLongIsEnded() throws Exception {
    AtomicLong now = new AtomicLong();
    ServerContext context = new ServerContext(List.of(2), now::get);
    context.engineInit(Pair.keyManagers(PKI), null, null);
    EngineEnd end = new EngineEnd(context.engineCreateSSLEngine());
    TokenBindingExchange exchange = TokenBindingClient.trusting(PKI.certificate()).exchange();
    byte[] hello = exchange.begin();
    byte[] flight = end.take(hello);
    now.set(30_000_000_001L);
    end.take(exchange.take(flight));
    assertThat(end.failure).hasMessageContaining("too long");
    assertThat(end.finished).isEmpty();
    assertThat(end.engine.isOutboundDone()).isTrue();
  }

  @Test
  void aRecordThatNeverGetsWholeIsEndedToo() throws Exception {
    AtomicLong now = new AtomicLong();
    ServerContext context = new ServerContext(List.of(2), now::get);
    context.engineInit(Pair.keyManagers(PKI), null, null);
    EngineEnd end = new EngineEnd(context.engineCreateSSLEngine());
    byte[] hello = TokenBindingClient.trusting(PKI.certificate()).exchange().begin();
    end.take(Arrays.copyOf(hello, 3));
    now.set(30_000_000_000L);
    end.take(Arrays.copyOfRange(hello, 3, 50));
    assertThat(end.failure).isNull();
    now.incrementAndGet();
    end.take(Arrays.copyOfRange(hello, 50, 51));
    assertThat(end.failure).hasMessageContaining("too long");
    assertThat(end.engine.isOutboundDone()).isTrue();
  }

  @Test
  void withoutKeysNobodyIsServed() throws Exception {
    SSLContext context = NegotiatingTls.context(List.of());
    context.init(null, new TrustManager[0], null);
    EngineEnd end = new EngineEnd(context.createSSLEngine());
    end.take(TokenBindingClient.trusting(PKI.certificate()).exchange().begin());
    assertThat(end.failure).hasMessageContaining("handshake_failure");
  }

  @Test
  void aContextThatIsNotInitialisedMakesNoEngine() {
    assertThatThrownBy(() -> NegotiatingTls.context(List.of()).createSSLEngine())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theProviderIsKnownByItsNameAndAskedForNothingElse() throws Exception {
    String first = SSLContext.getInstance("TLS").getProvider().getName();
    TokenBindingProvider.register();
    TokenBindingProvider.register();
    SSLContext context = SSLContext.getInstance("TLS", TokenBindingProvider.NAME);
    context.init(Pair.keyManagers(PKI), null, null);
    assertThat(NegotiatingTls.isNegotiating(context.createSSLEngine())).isTrue();
    assertThat(SSLContext.getInstance("TLS").getProvider().getName()).isEqualTo(first);
    assertThat(Security.getProviders())
        .filteredOn(TokenBindingProvider.INSTANCE::equals)
        .hasSize(1);
  }

  /** What a container's settings may call it; for a server the JDK's contexts are all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"TLS", "TLSv1.2", "TLSv1.3"})
  void theNamesOfVersionsAreKnownToo(String name) throws Exception {
    SSLContext context = SSLContext.getInstance(name, TokenBindingProvider.INSTANCE);
    context.init(Pair.keyManagers(PKI), null, null);
    SSLContext own = SSLContext.getInstance(name);
    own.init(null, null, null);
    SSLEngine jdk = own.createSSLEngine();
    jdk.setUseClientMode(false);
    assertThat(context.createSSLEngine().getEnabledProtocols())
        .isEqualTo(jdk.getEnabledProtocols());
  }

  @Test
  void whatIsNotSpokenIsPassedOver_andSomethingMustRemain() throws Exception {
    SSLEngine engine = Pair.server(PKI).createSSLEngine();
    engine.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
    assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.2");
    engine.setEnabledCipherSuites(
        new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_AES_256_GCM_SHA384"});
    assertThat(engine.getEnabledCipherSuites()).containsExactly("TLS_AES_256_GCM_SHA384");
    assertThatThrownBy(() -> engine.setEnabledProtocols(new String[] {"SSLv3"}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> engine.setEnabledCipherSuites(new String[] {"TLS_NULL"}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
