package dev.holdfast.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThrowAwayPkiTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void aClientCertificateIsSignedByTheAuthority(KeyKind keyKind) throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create(keyKind);

    Identity client = pki.clientCertificate("CN=payments-app,O=Example");

    client.certificate().verify(pki.certificate().getPublicKey());
    client.certificate().checkValidity();
    assertThat(client.chain()).containsExactly(client.certificate(), pki.certificate());
    assertThat(client.certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=payments-app,O=Example");
    assertThat(client.privateKey().getAlgorithm()).isEqualTo(keyKind.name());
  }

  @Test
  void aServerCertificateNamesTheLocalHost() throws Exception {
    X509Certificate server = ThrowAwayPki.create().serverCertificate().certificate();

    assertThat(server.getSubjectAlternativeNames())
        .<Object>extracting(name -> name.get(1))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void aSelfSignedCertificateIsItsOwnIssuerAndAlone() throws Exception {
    Identity identity = ThrowAwayPki.selfSigned("CN=self-signed-app");

    identity.certificate().verify(identity.certificate().getPublicKey());
    assertThat(identity.chain()).hasSize(1);
    assertThat(identity.certificate().getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void aCertificateCanBeTooOldOrTooNew() {
    ThrowAwayPki pki = ThrowAwayPki.create();

    Identity expired = pki.clientCertificate("CN=a", KeyKind.EC, Validity.expired());
    Identity notYet = pki.clientCertificate("CN=a", KeyKind.EC, Validity.notYet());

    assertThatThrownBy(() -> expired.certificate().checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(() -> notYet.certificate().checkValidity())
        .isInstanceOf(CertificateNotYetValidException.class);
  }

  @Test
  void anIdentitySurvivesPemAndPkcs12() throws Exception {
    Identity identity = ThrowAwayPki.create().clientCertificate("CN=payments-app");
    char[] password = "changeit".toCharArray();

    Path chain = identity.writeCertificateChain(directory.resolve("client.crt"));
    Path store = identity.writePkcs12(directory.resolve("client.p12"), password);

    try (InputStream in = Files.newInputStream(chain)) {
      assertThat(List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in)))
          .isEqualTo(identity.chain());
    }
    assertThat(KeyStore.getInstance(store.toFile(), password).getKey("identity", password))
        .isEqualTo(identity.privateKey());
  }

  @Test
  void aPrivateKeyFileIsReadableByItsOwnerOnly() throws Exception {
    Identity identity = ThrowAwayPki.selfSigned("CN=a");

    Path key = identity.writePrivateKey(directory.resolve("client.key"));
    identity.writePrivateKey(key);

    assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
    if (key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anIdentityPrintsNoKey() {
    assertThat(ThrowAwayPki.selfSigned("CN=a")).asString().matches("Identity\\[CN=a, .{43}]");
  }
}
