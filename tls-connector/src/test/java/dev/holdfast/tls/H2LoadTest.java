package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** nghttp2's load generator: several connections with several streams each, none of which fails. */
@Tag("whole")
class H2LoadTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int REQUESTS = 400;

  @BeforeAll
  static void find() {
    Installed.orSkip("h2load");
  }

  /**
   * Not Tomcat in HTTP/1.1: h2load 1.52 counts each answer as failed whose status line has no
   * reason phrase, as Tomcat sends it with any TLS.
   */
  static Stream<Arguments> situations() {
    return Stream.concat(
        Stream.of(Container.values()).map(container -> Arguments.of(container, "h2")),
        Stream.of(Container.JETTY, Container.UNDERTOW)
            .map(container -> Arguments.of(container, "http/1.1")));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void everyRequestIsAnswered(Container container, String protocol) throws Exception {
    try (Served server = container.start(PKI, ExportServlet.atEkm(), TlsLayer.NEGOTIATING)) {
      String output = load(server, protocol);
      assertThat(output)
          .contains("Application protocol: " + protocol)
          .contains(REQUESTS + " succeeded, 0 failed, 0 errored, 0 timeout")
          .contains("status codes: " + REQUESTS + " 2xx, 0 3xx, 0 4xx, 0 5xx");
    }
  }

  private static String load(Served server, String protocol) throws Exception {
    List<String> command = new ArrayList<>(List.of("h2load", "-n", String.valueOf(REQUESTS)));
    command.addAll(List.of("-c", "8", "-t", "2", "-T", "20", "-N", "20"));
    command.addAll(List.of("-m", protocol.equals("h2") ? "10" : "1", "--npn-list=" + protocol));
    command.add(server.uri("/ekm").toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
