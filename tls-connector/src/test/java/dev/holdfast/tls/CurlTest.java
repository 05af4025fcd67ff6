package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.testing.ThrowAwayPki;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Much data both ways, HTTP/1.1 and HTTP/2, with readers that take their time. */
class CurlTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int MEGABYTES = 6;

  @TempDir private static Path directory;
  private static Path authority;
  private static Path large;

  @BeforeAll
  static void prepare() throws IOException {
    try {
      new ProcessBuilder("curl", "--version").start().destroy();
    } catch (IOException none) {
      assumeTrue(false, "no curl command on this machine");
    }
    authority = PKI.writeTrustedCertificates(directory.resolve("ca.pem"));
    byte[] bytes = new byte[MEGABYTES << 20];
    new Random(5).nextBytes(bytes);
    large = Files.write(directory.resolve("large"), bytes);
  }

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of("1.2", "1.3")
                    .flatMap(
                        version ->
                            Stream.of("--http1.1", "--http2")
                                .map(http -> Arguments.of(container, version, http))));
  }

  private static Served serve(Container container) throws Exception {
    return container.start(
        PKI,
        (classes, context) -> context.addServlet("echo", new Echo()).addMapping("/echo"),
        TlsLayer.NEGOTIATING);
  }

  private static String curl(Served server, String version, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail", "--max-time", "120"));
    command.addAll(List.of("--cacert", authority.toString(), "--tlsv" + version));
    command.addAll(List.of("--tls-max", version));
    command.addAll(List.of(options));
    command.add(server.uri("/echo").toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  @ParameterizedTest
  @MethodSource("situations")
  void nothingIsLostOnTheWay(Container container, String version, String http) throws Exception {
    try (Served server = serve(container)) {
      String sum = curl(server, version, http, "--header", "Expect:", "--data-binary", "@" + large);
      assertThat(sum).isEqualTo(crc(large));
      Path down = directory.resolve("down");
      curl(server, version, http, "--output", down.toString(), "--limit-rate", "4M");
      assertThat(Files.size(down)).isEqualTo(Files.size(large));
      assertThat(crc(down)).isEqualTo(crc(large));
    }
  }

  private static String crc(Path file) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(Files.readAllBytes(file));
    return Long.toHexString(sum.getValue());
  }

  /** POST: the sum of what came; GET: the file. */
  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      CRC32 sum = new CRC32();
      byte[] buffer = new byte[8_192];
      InputStream in = request.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
      }
      response.getWriter().print(Long.toHexString(sum.getValue()));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentLengthLong(Files.size(large));
      Files.copy(large, response.getOutputStream());
    }
  }
}
