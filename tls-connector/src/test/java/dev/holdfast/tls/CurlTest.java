package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.tls.Curl.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Much data both ways, HTTP/1.1 and HTTP/2, with readers and writers that take their time. */
@Tag("whole")
class CurlTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int MEGABYTES = 24;
  private static final String RATE = "12M";

  @TempDir private static Path directory;
  private static Curl curl;
  private static Path large;

  private final Transfer transfer = new Transfer(MEGABYTES);

  @BeforeAll
  static void prepare() throws IOException {
    Path authority = PKI.writeTrustedCertificates(directory.resolve("ca.pem"));
    curl = Curl.installedOrSkip(directory, authority);
    large = Files.write(directory.resolve("large"), new Transfer(MEGABYTES).bytes());
  }

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of("1.2", "1.3")
                    .flatMap(
                        tls ->
                            Stream.of(Http.values())
                                .map(http -> Arguments.of(container, tls, http))));
  }

  private Served serve(Container container) throws Exception {
    return container.start(PKI, transfer.atData(), TlsLayer.NEGOTIATING);
  }

  @ParameterizedTest
  @MethodSource("situations")
  void nothingIsLostOnTheWay(Container container, String tls, Http http) throws Exception {
    try (Served server = serve(container)) {
      Curl.Ended up =
          curl.call(
              server.uri("/data"), tls, http, "--header", "Expect:", "--data-binary", "@" + large);
      assertThat(up.output()).startsWith(transfer.digest());
      assertThat(up.spoken()).isEqualTo(Curl.spoken(http, tls));
      Path down = directory.resolve("down");
      Curl.Ended ended = curl.call(server.uri("/data"), tls, http, "--output", down.toString());
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(Transfer.digest(down)).isEqualTo(transfer.digest());
    }
  }

  /** It reads nothing until the server can write no more. */
  @ParameterizedTest
  @MethodSource("situations")
  @Timeout(60)
  void aReaderThatComesLateMissesNothing(Container container, String tls, Http http)
      throws Exception {
    try (Served server = serve(container);
        Curl.Running late = curl.begin(server.uri("/data"), tls, http, "--no-buffer")) {
      assertThat(transfer.writtenWhenNobodyReads()).isLessThan(transfer.bytes().length);
      assertThat(Transfer.digest(late.body())).isEqualTo(transfer.digest());
      assertThat(late.end().status()).isZero();
    }
  }

  /** Eight connections at once: four read slowly, and four write slowly. */
  @ParameterizedTest
  @EnumSource
  void slowReadersAndWritersAreServedTogether(Container container) throws Exception {
    String file = large.toString();
    List<Curl.Running> writers = new ArrayList<>();
    Map<Path, Curl.Running> readers = new HashMap<>();
    try (Served server = serve(container)) {
      URI uri = server.uri("/data");
      for (String tls : List.of("1.2", "1.3")) {
        for (Http http : Http.values()) {
          String down = directory.resolve("down-" + tls + http).toString();
          readers.put(
              Path.of(down), curl.begin(uri, tls, http, "--limit-rate", RATE, "--output", down));
          writers.add(
              curl.begin(uri, tls, http, "--limit-rate", RATE, "--data-binary", "@" + file));
        }
      }
      for (Curl.Running writer : writers) {
        assertThat(writer.end().output()).startsWith(transfer.digest());
      }
      for (Map.Entry<Path, Curl.Running> reader : readers.entrySet()) {
        assertThat(reader.getValue().end().status()).isZero();
        assertThat(Transfer.digest(reader.getKey())).isEqualTo(transfer.digest());
      }
    } finally {
      writers.forEach(Curl.Running::close);
      readers.values().forEach(Curl.Running::close);
    }
  }
}
