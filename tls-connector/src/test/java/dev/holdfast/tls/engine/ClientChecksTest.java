package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import dev.holdfast.testing.Validity;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container asks of the client's certificate besides a trusted issuer. */
class ClientChecksTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  /** Permits what the JDK does, but no elliptic key of a certificate. */
  private static final class NoEllipticKeys implements AlgorithmConstraints {
    @Override
    public boolean permits(
        Set<CryptoPrimitive> uses, String algorithm, @Nullable AlgorithmParameters parameters) {
      return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> uses, Key key) {
      return !key.getAlgorithm().equals("EC");
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> uses,
        String algorithm,
        Key key,
        @Nullable AlgorithmParameters parameters) {
      return permits(uses, key);
    }
  }

  static Stream<Arguments> situations() {
    return Stream.of("TLSv1.2", "TLSv1.3")
        .flatMap(
            version ->
                Stream.of(
                    Arguments.of(version, "one.example", null, null, true),
                    Arguments.of(version, "one.example", "HTTPS", null, true),
                    Arguments.of(version, "two.example", "HTTPS", null, false),
                    Arguments.of(version, "two.example", null, null, true),
                    Arguments.of(version, "one.example", null, new NoEllipticKeys(), false)));
  }

  /** The JDK's trust manager asks the engine for both. */
  @ParameterizedTest
  @MethodSource("situations")
  void theNameAndTheAlgorithmsOfAClientAreChecked(
      String version,
      String peer,
      @Nullable String identification,
      @Nullable AlgorithmConstraints constraints,
      boolean taken)
      throws Exception {
    Identity identity = PKI.clientCertificate("CN=one.example");
    SSLEngine server = Pair.server(PKI).createSSLEngine(peer, 4711);
    SSLParameters parameters = server.getSSLParameters();
    parameters.setNeedClientAuth(true);
    parameters.setEndpointIdentificationAlgorithm(identification);
    parameters.setAlgorithmConstraints(constraints);
    server.setSSLParameters(parameters);
    parameters = new SSLParameters(); // what is not named stays as it is
    parameters.setNeedClientAuth(true);
    server.setSSLParameters(parameters);
    assertThat(server.getSSLParameters().getEndpointIdentificationAlgorithm())
        .isEqualTo(identification);
    assertThat(server.getSSLParameters().getAlgorithmConstraints()).isSameAs(constraints);

    EngineEnd end = new EngineEnd(server);
    TokenBindingExchange client =
        TokenBindingClient.trusting(PKI.certificate())
            .withVersion(version)
            .withIdentity(identity)
            .exchange();
    end.take(client.take(end.take(client.begin())));
    assertThat(end.finished).hasSize(taken ? 1 : 0);
    if (!taken) {
      assertThat(end.failure).hasMessageContaining("certificate_unknown");
    }
  }

  /** In several records each, of both ends. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void chainsLargerThanARecordAreTaken(String version) throws Exception {
    List<String> names =
        IntStream.range(0, 1_000).mapToObj(i -> "host-%04d.example".formatted(i)).toList();
    SSLContext server = NegotiatingTls.context(List.of());
    server.init(
        Pair.keyManagers(PKI.serverCertificate(Validity.current(), names)),
        new TrustManager[] {Pair.trust(PKI)},
        null);
    String name = "CN=" + "x".repeat(20_000);
    Pair pair =
        Pair.of(PKI.sslContext(PKI.clientCertificate(name)), server, version, 1_000, 1 << 15);
    pair.server.engine.setNeedClientAuth(true);
    pair.talk();
    assertThat(pair.server.failure).isNull();
    assertThat(pair.server.engine.getSession().getPeerPrincipal().getName()).isEqualTo(name);
    assertThat(pair.client.engine.getSession().getPeerCertificates()[0].getEncoded())
        .hasSizeGreaterThan(1 << 14);
  }
}
