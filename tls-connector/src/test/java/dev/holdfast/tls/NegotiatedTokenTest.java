package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ExportingConnection.Answer;
import dev.holdfast.testing.Http2Call;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bound token, end to end, over the negotiated handshake, on every JDK. */
@Tag("verify")
class NegotiatedTokenTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey THIEF = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey RSA = TokenBindingKey.generate(TokenBindingKey.RSA2048_PSS);
  private static final TokenBindingClient CLIENT =
      TokenBindingClient.trusting(PKI.certificate()).offering(2, 1);

  @TempDir private static Path folder;
  private static GuardedApi api;

  @BeforeAll
  static void start() {
    api = GuardedApi.start(PKI, folder, Map.of());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Served serve(Container container) throws Exception {
    return container.start(PKI, api.application(), TlsLayer.NEGOTIATING);
  }

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(container, version)));
  }

  private static String[] fields(TokenBindingKey boundTo, String message) {
    List<String> fields =
        new ArrayList<>(List.of("Authorization: Bearer " + api.token(boundTo.tbh())));
    if (message != null) {
      fields.add("Sec-Token-Binding: " + message);
    }
    return fields.toArray(String[]::new);
  }

  private static int status(
      TokenBindingConnection connection, TokenBindingKey boundTo, String message)
      throws IOException {
    Answer answer = connection.send("GET", "/ekm", List.of(fields(boundTo, message)), "");
    if (answer.status() == 200) {
      assertThat(answer.body()).isEqualTo(HexFormat.of().formatHex(connection.keyingMaterial()));
    }
    return answer.status();
  }

  @ParameterizedTest
  @MethodSource("situations")
  void theRightfulClientPasses_andNoThief_T71(Container container, String version)
      throws Exception {
    TokenBindingClient client = CLIENT.withVersion(version);
    try (Served server = serve(container);
        TokenBindingConnection rightful = client.connect("localhost", server.port());
        TokenBindingConnection thief = client.connect("localhost", server.port());
        TokenBindingConnection silent =
            client.offering((byte[]) null).connect("localhost", server.port())) {
      assertThat(rightful.negotiated()).isEqualTo(TokenBindingKey.ECDSAP256);
      String message = KEY.header(rightful.keyingMaterial());
      assertThat(status(rightful, KEY, message)).isEqualTo(200);
      assertThat(status(thief, KEY, message)).isEqualTo(401);
      assertThat(status(thief, KEY, THIEF.header(thief.keyingMaterial()))).isEqualTo(401);
      assertThat(status(thief, KEY, null)).isEqualTo(401);
      assertThat(silent.negotiated()).isNull();
      assertThat(status(silent, KEY, message)).isEqualTo(401);
      assertThat(status(silent, KEY, KEY.header(silent.keyingMaterial()))).isEqualTo(401);
      assertThat(status(rightful, RSA, RSA.header(rightful.keyingMaterial()))).isEqualTo(401);
      assertThat(status(rightful, KEY, message)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void everyStreamOfHttp2KnowsItsConnection_T97(Container container, String version)
      throws Exception {
    TokenBindingClient client =
        CLIENT.withVersion(version).withApplicationProtocols("h2", "http/1.1");
    try (Served server = serve(container);
        TokenBindingConnection rightful = client.connect("localhost", server.port());
        TokenBindingConnection thief = client.connect("localhost", server.port())) {
      assertThat(rightful.applicationProtocol()).isEqualTo("h2");
      String message = KEY.header(rightful.keyingMaterial());
      String ekm = HexFormat.of().formatHex(rightful.keyingMaterial());
      Http2Call call = new Http2Call(rightful.input(), rightful.output());
      assertThat(call.get("/ekm", fields(KEY, message))).isEqualTo(ekm);
      assertThat(call.get("/ekm", fields(THIEF, message))).isEqualTo("refused");
      assertThat(call.get("/ekm", fields(KEY, message))).isEqualTo(ekm);
      Http2Call stolen = new Http2Call(thief.input(), thief.output());
      assertThat(stolen.get("/ekm", fields(KEY, message))).isEqualTo("refused");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResumedConnectionHasItsOwn_T71(Container container) throws Exception {
    TokenBindingClient client = CLIENT.withVersion("TLSv1.2");
    try (Served server = serve(container);
        TokenBindingConnection first = client.connect("localhost", server.port());
        TokenBindingConnection again = client.resuming().connect("localhost", server.port())) {
      assertThat(again.isResumed()).isTrue();
      String ofFirst = KEY.header(first.keyingMaterial());
      String ofAgain = KEY.header(again.keyingMaterial());
      assertThat(status(again, KEY, ofAgain)).isEqualTo(200);
      assertThat(status(again, KEY, ofFirst)).isEqualTo(401);
      assertThat(status(first, KEY, ofAgain)).isEqualTo(401);
      assertThat(status(first, KEY, ofFirst)).isEqualTo(200);
    }
  }
}
