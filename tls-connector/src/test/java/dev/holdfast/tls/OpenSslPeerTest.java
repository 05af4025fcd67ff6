package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bound token whose whole proof is OpenSSL's: handshake, keying material, signature. */
@Tag("whole")
class OpenSslPeerTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  /** Version {1,0}, ecdsap256: what is offered, and what is answered. */
  private static final String ECDSAP256 = "01000102";

  @TempDir private static Path folder;
  private static OpenSslPeer peer;
  private static OpenSslPeer.Key key;
  private static OpenSslPeer.Key thief;
  private static Path authority;
  private static GuardedApi api;
  private static Served undertow;

  @BeforeAll
  static void build() throws Exception {
    peer = OpenSslPeer.builtOrSkip(folder);
    key = peer.newKey("rightful");
    thief = peer.newKey("thief");
    authority = PKI.writeTrustedCertificates(folder.resolve("ca.pem"));
    api = GuardedApi.start(PKI, folder, Map.of());
    undertow = serve(Container.UNDERTOW);
  }

  @AfterAll
  static void stop() {
    if (undertow != null) {
      undertow.close();
      api.close();
    }
  }

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(
            container -> Stream.of("1.2", "1.3").map(version -> Arguments.of(container, version)));
  }

  private static Served serve(Container container) throws Exception {
    return container.start(PKI, api.application(), TlsLayer.NEGOTIATING);
  }

  private static OpenSslPeer.Call call(Served server, String version) {
    return new OpenSslPeer.Call(
        server.port(), authority, version, key, ECDSAP256, api.token(key.tbh()), "own", 1);
  }

  private static Map<String, String> only(OpenSslPeer.Call call) throws Exception {
    List<Map<String, String>> seen = peer.make(call);
    assertThat(seen).hasSize(1);
    return seen.get(0);
  }

  @ParameterizedTest
  @MethodSource("situations")
  void theRightfulClientPasses_andNoThief_T71(Container container, String version)
      throws Exception {
    try (Served server = serve(container)) {
      OpenSslPeer.Call call = call(server, version);
      Map<String, String> rightful = only(call);
      assertThat(rightful)
          .containsEntry("version", "TLSv" + version)
          .containsEntry(
              "answered-in", version.equals("1.3") ? "EncryptedExtensions" : "ServerHello")
          .containsEntry("negotiated", ECDSAP256)
          .containsEntry("status", "200")
          .containsEntry("body", rightful.get("keying-material"));

      Map<String, String> captured = only(call.sending(rightful.get("message")));
      assertThat(captured).containsEntry("negotiated", ECDSAP256).containsEntry("status", "401");
      assertThat(captured.get("keying-material")).isNotEqualTo(rightful.get("keying-material"));
      assertThat(only(call.sending("none"))).containsEntry("status", "401");
      assertThat(only(call.with(thief))).containsEntry("status", "401");
      assertThat(only(call.offering("none")))
          .containsEntry("negotiated", "")
          .containsEntry("status", "401");
    }
  }

  /** TLS 1.2 resumes; the extension is on the wire of each handshake all the same. */
  @ParameterizedTest
  @MethodSource("situations")
  void aSecondConnectionOfTheSameSessionNegotiatesForItself(Container container, String version)
      throws Exception {
    try (Served server = serve(container)) {
      List<Map<String, String>> seen = peer.make(call(server, version).twice());
      assertThat(seen)
          .hasSize(2)
          .allSatisfy(
              connection ->
                  assertThat(connection)
                      .containsEntry("negotiated", ECDSAP256)
                      .containsEntry("status", "200")
                      .containsEntry("body", connection.get("keying-material")));
      assertThat(seen.get(1)).containsEntry("resumed", version.equals("1.2") ? "yes" : "no");
      assertThat(seen.get(1).get("body")).isNotEqualTo(seen.get(0).get("body"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, 020001fe0102, decode error", // bytes behind the list
    "1.3, 020001fe0102, decode error",
    "1.2, 0100, decode error",
    "1.3, 0100, decode error",
    "1.2, 010103fe0102, 01000102", // version {1,1}, and one identifier that nobody knows
    "1.3, 010103fe0102, 01000102",
    "1.2, 000d0102, ''", // version {0,13}
    "1.3, 000d0102, ''",
    "1.2, 010001fe, ''",
    "1.3, 010001fe, ''",
  })
  void whatIsOfferedIsAnsweredByRfc8472(String version, String offer, String answer)
      throws Exception {
    Map<String, String> seen = only(call(undertow, version).offering(offer));
    if (answer.equals("decode error")) {
      assertThat(seen.get("failed")).endsWith("alert decode error");
    } else {
      assertThat(seen)
          .containsEntry("negotiated", answer)
          .containsEntry("status", answer.isEmpty() ? "401" : "200");
    }
  }
}
