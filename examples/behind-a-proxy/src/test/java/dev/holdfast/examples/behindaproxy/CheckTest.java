package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command for operators, against HAProxy as it should be and with a common mistake. */
class CheckTest {

  @TempDir static Path files;

  static @Nullable Stage stage;

  @BeforeAll
  static void start() throws IOException {
    Installed.orSkip(Product.HAPROXY);
    stage = Stage.build(Product.HAPROXY);
    Cast cast = stage().cast();
    cast.rightful().writeCertificateChain(files.resolve("client.crt"));
    cast.rightful().writePrivateKey(files.resolve("client.key"));
    cast.thief().writeCertificateChain(files.resolve("thief.crt"));
    cast.thief().writePrivateKey(files.resolve("thief.key"));
    cast.pki().writeTrustedCertificates(files.resolve("ca.crt"));
    String token = stage().tokenOf(cast.rightful()).substring("Authorization: Bearer ".length());
    Files.writeString(files.resolve("token"), token + "\n");
  }

  @AfterAll
  static void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  private static Stage stage() {
    if (stage == null) {
      throw new IllegalStateException("not started");
    }
    return stage;
  }

  @Test
  void aProxyThatSetsItsHeadersAlwaysPasses() {
    Result result = check(stage().proxy().port(), "client");

    assertThat(result.text()).contains("Every forgery was refused").doesNotContain("✗");
    assertThat(result.status()).isZero();
  }

  @Test
  void aProxyThatSetsItsHeadersOnlyWhenThereIsACertificateIsNotSafe() {
    String mistaken =
        Proxy.configuration(Product.HAPROXY)
            .replaceAll("(http-request set-header X-SSL.*)", "$1 if { ssl_c_used 1 }")
            .replaceAll("http-request del-header x-ssl.*", "");
    try (Workplace workplace = Workplace.create();
        Proxy proxy =
            Proxy.start(
                Product.HAPROXY, mistaken, stage().cast().pki(), stage().api().port(), workplace)) {
      Result result = check(proxy.port(), "client");

      assertThat(result.text()).contains("NOT SAFE");
      assertThat(result.status()).isEqualTo(1);
    }
  }

  @Test
  void withoutARightfulCallNothingIsSaid() {
    Result result = check(stage().proxy().port(), "thief");

    assertThat(result.text()).contains("nothing can be said");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void aWrongArgumentIsExplained() {
    assertThat(run(List.of("squid")).text()).contains("nginx|apache|haproxy|caddy|all");
    assertThat(run(List.of("squid")).status()).isEqualTo(2);
    assertThat(run(List.of("check")).text()).contains("the address");
    assertThat(run(List.of("check", "http://localhost/")).text()).contains("https://");
    assertThat(run(List.of("check", "https://localhost/")).text()).contains("--certificate=FILE");
    assertThat(run(List.of("check", "https://localhost/", "--x")).text()).contains("--x");
  }

  private static Result check(int port, String who) {
    return run(
        List.of(
            "check",
            "https://localhost:" + port + "/me",
            "--token-file=" + files.resolve("token"),
            "--certificate=" + files.resolve(who + ".crt"),
            "--key=" + files.resolve(who + ".key"),
            "--trust=" + files.resolve("ca.crt")));
  }

  private static Result run(List<String> arguments) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int status = BehindAProxy.run(arguments, new PrintStream(text, true, StandardCharsets.UTF_8));
    return new Result(status, text.toString(StandardCharsets.UTF_8));
  }

  private record Result(int status, String text) {}
}
