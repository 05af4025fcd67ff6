package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that a key manager has and that do not fit what the client takes. */
class ServerKeyTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create(KeyKind.RSA);
  private static final Identity RSA = PKI.serverCertificate();
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  /** One that Bouncy Castle's provider made and read, since the JDK knows some curves no more. */
  private static Identity onCurve(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
    generator.initialize(new ECGenParameterSpec(curve));
    KeyPair keys = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=localhost");
    Validity validity = Validity.current();
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .setProvider(PROVIDER)
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.TEN,
                        Date.from(validity.notBefore()),
                        Date.from(validity.notAfter()),
                        name,
                        keys.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(PROVIDER)
                            .build(keys.getPrivate())));
    return new Identity(keys.getPrivate(), List.of(certificate));
  }

  private static Pair talk(KeyManager keys, String version) throws Exception {
    SSLContext server = NegotiatingTls.context(List.of());
    server.init(new KeyManager[] {keys}, null, null);
    return Pair.of(PKI.sslContext(), server, version, 1 << 20, 1 << 15).talk();
  }

  /** Of the size of secp256r1, and not that curve: RFC 8734 gives it another code point. */
  @ParameterizedTest
  @CsvSource({
    "brainpoolP256r1, TLSv1.2", "brainpoolP256r1, TLSv1.3",
    "secp256k1, TLSv1.2", "secp256k1, TLSv1.3",
    "brainpoolP384r1, TLSv1.3",
  })
  void anotherCurveOfTheSameSizeIsNotUsed(String curve, String version) throws Exception {
    Identity strange = onCurve(curve);
    assertThat(strange.certificate().getPublicKey()).isInstanceOf(ECKey.class);
    KeyManager both = new ByKind(kind -> kind.startsWith("RSA") ? "RSA" : kind, strange);
    Pair pair = talk(both, version);
    assertThat(pair.server.failure).isNull();
    assertThat(pair.server.finished).hasSize(1);
    assertThat(pair.client.engine.getSession().getPeerCertificates()[0])
        .isEqualTo(RSA.certificate());

    Pair alone = talk(new ByKind(kind -> kind.equals("EC") ? kind : null, strange), version);
    assertThat(alone.server.failure).hasMessageContaining("handshake_failure");
    assertThat(alone.server.finished).isEmpty();
  }

  /** The manager answers every question with what it has; its key counts for what it is. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aKeyOfAnotherKindThanWasAskedForIsNotTakenForIt(String version) throws Exception {
    Pair pair = talk(new ByKind(kind -> "RSA", RSA), version);
    assertThat(pair.server.failure).isNull();
    assertThat(pair.server.finished).hasSize(1);
  }

  /** The alias is a kind of key; RSA's is the authority's, all others' is a given one. */
  private static final class ByKind extends X509ExtendedKeyManager {
    private final UnaryOperator<String> aliases;
    private final Identity other;

    ByKind(UnaryOperator<String> aliases, Identity other) {
      this.aliases = aliases;
      this.other = other;
    }

    private Identity identity(String alias) {
      return alias.equals("RSA") ? RSA : other;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return aliases.apply(keyType);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identity(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identity(alias).privateKey();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return null;
    }
  }
}
