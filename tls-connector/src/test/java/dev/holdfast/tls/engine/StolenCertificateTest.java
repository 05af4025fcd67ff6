package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that shows a trusted certificate and does not have its key. */
@Tag("verify")
class StolenCertificateTest {
  private static final Map<KeyKind, ThrowAwayPki> PKIS = new ConcurrentHashMap<>();

  @ParameterizedTest
  @CsvSource({"EC, TLSv1.2", "EC, TLSv1.3", "RSA, TLSv1.2", "RSA, TLSv1.3"})
  void itEndsTheHandshake_andTheSessionNeverShowsIt(KeyKind kind, String version) throws Exception {
    ThrowAwayPki pki = PKIS.computeIfAbsent(kind, ThrowAwayPki::create);
    Identity stolen =
        new Identity(
            pki.clientCertificate("CN=thief").privateKey(),
            pki.clientCertificate("CN=client").chain());
    Pair pair = Pair.of(pki.sslContext(stolen), Pair.server(pki), version, 1 << 20, 1 << 15);
    pair.server.engine.setNeedClientAuth(true);
    pair.talk();
    assertThat(pair.server.failure).hasMessageContaining("decrypt_error");
    assertThat(pair.server.finished).isEmpty();
    assertThatThrownBy(pair.server.engine.getSession()::getPeerCertificates)
        .isInstanceOf(SSLPeerUnverifiedException.class);
  }
}
