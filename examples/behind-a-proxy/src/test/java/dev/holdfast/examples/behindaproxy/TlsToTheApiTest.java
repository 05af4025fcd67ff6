package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both hops are TLS, and the proxy is known to the API by a certificate of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("whole")
class TlsToTheApiTest {

  private final Map<Product, RunningTlsServers> started = new EnumMap<>(Product.class);

  private RunningTlsServers behind(Product product) {
    Installed.orSkip(product);
    return started.computeIfAbsent(product, RunningTlsServers::start);
  }

  @AfterAll
  void stop() {
    started.values().forEach(RunningTlsServers::close);
  }

  @ParameterizedTest
  @EnumSource
  void theClientIsKnownByTheCertificateInTheHeader(Product product) {
    RunningServers servers = behind(product).servers();
    Identity rightful = servers.identities().rightful();

    Answer answer = through(servers, servers.identities().as(rightful), rightful);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(rightful.thumbprint());
    assertThat(
            through(servers, servers.identities().as(servers.identities().thief()), rightful)
                .status())
        .isEqualTo(401);
    assertThat(through(servers, servers.identities().anonymous(), rightful).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void theProxysOwnCertificateIsNeverTheClients_T18(Product product) {
    RunningTlsServers tls = behind(product);
    RunningServers servers = tls.servers();

    assertThat(through(servers, servers.identities().anonymous(), tls.identity()).status())
        .isEqualTo(401);
    assertThat(
            through(servers, servers.identities().as(servers.identities().thief()), tls.identity())
                .status())
        .isEqualTo(401);
    Answer otherPort =
        servers
            .identities()
            .anonymous()
            .get(
                "localhost",
                servers.proxy().otherPort(),
                "/me",
                List.of(servers.tokenOf(tls.identity())));
    assertThat(otherPort.status()).isEqualTo(401);
    // Nor when it talks to the API itself, and forwards nobody.
    assertThat(direct(servers, tls.identity(), tls.identity(), List.of()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void anotherHolderOfACertificateIsNoProxyFromTheSameAddress_T01(Product product) {
    RunningTlsServers tls = behind(product);
    RunningServers servers = tls.servers();
    Identity rightful = servers.identities().rightful();
    Identity thief = servers.identities().thief();
    List<String> forged = Spelling.AS_THE_PROXY.write(dialect(product, rightful).fields());

    assertThat(direct(servers, tls.identity(), rightful, forged).status())
        .as("the same from the proxy itself")
        .isEqualTo(200);
    assertThat(direct(servers, thief, rightful, forged).status()).isEqualTo(401);
    assertThat(direct(servers, thief, thief, List.of()).status())
        .as("his own certificate: no client comes this way")
        .isEqualTo(401);
    Answer nobody =
        servers
            .identities()
            .anonymous()
            .get("localhost", servers.api().port(), "/public/ping", List.of());
    assertThat(nobody.isShutOut()).as(nobody.summary()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anApiThatTheProxyDoesNotKnowGetsNothing(Product product) {
    RunningTlsServers tls = behind(product);
    RunningServers servers = tls.servers();
    try (Workplace workplace = Workplace.create();
        Proxy proxy =
            RunningTlsServers.proxy(
                product,
                servers.identities(),
                servers.api(),
                tls.identity(),
                ThrowAwayPki.create(),
                workplace)) {
      Identity rightful = servers.identities().rightful();

      Answer answer =
          servers
              .identities()
              .as(rightful)
              .get("localhost", proxy.port(), "/me", List.of(servers.tokenOf(rightful)));

      assertThat(answer.status()).as(answer.body()).isIn(500, 502, 503);
    }
  }

  private static Dialect dialect(Product product, Identity identity) {
    String name = product == Product.CADDY ? "rfc9440" : product.format();
    return Dialect.naming(identity.certificate()).stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Through the proxy, with a token that is bound to that certificate. */
  private static Answer through(RunningServers servers, RawClient client, Identity bound) {
    return client.get("localhost", servers.proxy().port(), "/me", List.of(servers.tokenOf(bound)));
  }

  /** Past the proxy, over TLS as {@code caller}. */
  private static Answer direct(
      RunningServers servers, Identity caller, Identity bound, List<String> more) {
    List<String> fields = new ArrayList<>(more);
    fields.add(servers.tokenOf(bound));
    return servers.identities().as(caller).get("localhost", servers.api().port(), "/me", fields);
  }
}
