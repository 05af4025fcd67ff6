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

  private final Map<Product, TlsStage> stages = new EnumMap<>(Product.class);

  private TlsStage behind(Product product) {
    Installed.orSkip(product);
    return stages.computeIfAbsent(product, TlsStage::build);
  }

  @AfterAll
  void stop() {
    stages.values().forEach(TlsStage::close);
  }

  @ParameterizedTest
  @EnumSource
  void theClientIsKnownByTheCertificateInTheHeader(Product product) {
    Stage stage = behind(product).stage();
    Identity rightful = stage.cast().rightful();

    Answer answer = through(stage, stage.cast().as(rightful), rightful);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(rightful.thumbprint());
    assertThat(through(stage, stage.cast().as(stage.cast().thief()), rightful).status())
        .isEqualTo(401);
    assertThat(through(stage, stage.cast().anonymous(), rightful).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void theProxysOwnCertificateIsNeverTheClients_T18(Product product) {
    TlsStage tls = behind(product);
    Stage stage = tls.stage();

    assertThat(through(stage, stage.cast().anonymous(), tls.identity()).status()).isEqualTo(401);
    assertThat(through(stage, stage.cast().as(stage.cast().thief()), tls.identity()).status())
        .isEqualTo(401);
    Answer otherPort =
        stage
            .cast()
            .anonymous()
            .get(
                "localhost",
                stage.proxy().otherPort(),
                "/me",
                List.of(stage.tokenOf(tls.identity())));
    assertThat(otherPort.status()).isEqualTo(401);
    // Nor when it talks to the API itself, and forwards nobody.
    assertThat(direct(stage, tls.identity(), tls.identity(), List.of()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void anotherHolderOfACertificateIsNoProxyFromTheSameAddress_T01(Product product) {
    TlsStage tls = behind(product);
    Stage stage = tls.stage();
    Identity rightful = stage.cast().rightful();
    Identity thief = stage.cast().thief();
    List<String> forged = Spelling.AS_THE_PROXY.write(dialect(product, rightful).fields());

    assertThat(direct(stage, tls.identity(), rightful, forged).status())
        .as("the same from the proxy itself")
        .isEqualTo(200);
    assertThat(direct(stage, thief, rightful, forged).status()).isEqualTo(401);
    assertThat(direct(stage, thief, thief, List.of()).status())
        .as("his own certificate: no client comes this way")
        .isEqualTo(401);
    Answer nobody =
        stage.cast().anonymous().get("localhost", stage.api().port(), "/public/ping", List.of());
    assertThat(nobody.isShutOut()).as(nobody.summary()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anApiThatTheProxyDoesNotKnowGetsNothing(Product product) {
    TlsStage tls = behind(product);
    Stage stage = tls.stage();
    try (Workplace workplace = Workplace.create();
        Proxy proxy =
            TlsStage.proxy(
                product,
                stage.cast(),
                stage.api(),
                tls.identity(),
                ThrowAwayPki.create(),
                workplace)) {
      Identity rightful = stage.cast().rightful();

      Answer answer =
          stage
              .cast()
              .as(rightful)
              .get("localhost", proxy.port(), "/me", List.of(stage.tokenOf(rightful)));

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
  private static Answer through(Stage stage, RawClient client, Identity bound) {
    return client.get("localhost", stage.proxy().port(), "/me", List.of(stage.tokenOf(bound)));
  }

  /** Past the proxy, over TLS as {@code caller}. */
  private static Answer direct(Stage stage, Identity caller, Identity bound, List<String> more) {
    List<String> fields = new ArrayList<>(more);
    fields.add(stage.tokenOf(bound));
    return stage.cast().as(caller).get("localhost", stage.api().port(), "/me", fields);
  }
}
