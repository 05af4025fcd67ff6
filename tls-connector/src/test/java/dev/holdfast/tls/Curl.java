package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The distribution's curl, over OpenSSL and nghttp2. */
final class Curl {
  private final Path directory;
  private final Path authority;

  private Curl(Path directory, Path authority) {
    this.directory = directory;
    this.authority = authority;
  }

  /**
   * Skips where it is not installed.
   *
   * @param authority whom it trusts, as PEM
   */
  static Curl installedOrSkip(Path directory, Path authority) {
    Installed.orSkip("curl");
    return new Curl(directory, authority);
  }

  /** A version of HTTP by its name here and there. */
  enum Http {
    HTTP_1_1("1.1"),
    HTTP_2("2");

    private final String version;

    Http(String version) {
      this.version = version;
    }
  }

  /**
   * How a call ended.
   *
   * @param status curl's own, 0 when all went well
   * @param spoken the versions of HTTP and TLS, such as {@code 2 over 1.3}
   * @param output the body, and what was wrong
   */
  record Ended(int status, String spoken, String output) {}

  /** One call that has begun. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final Path notes;

    private Running(Process process, Path notes) {
      this.process = process;
      this.notes = notes;
    }

    /** The body; curl waits where nobody reads it. */
    InputStream body() {
      return process.getInputStream();
    }

    Ended end() throws IOException, InterruptedException {
      String body = new String(body().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      List<String> said = Files.readAllLines(notes);
      String spoken = said.get(said.size() - 1).replaceFirst("TLS_ECDHE\\w+", "1.2");
      return new Ended(
          process.exitValue(),
          spoken.replaceFirst("TLS_(AES|CHACHA20)\\w+", "1.3"),
          body + String.join("\n", said));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * A call with a client that knows no newer TLS than this, and nothing before TLS 1.2: Undertow
   * gives HTTP/2 over TLS 1.3 only to those that know TLS 1.2 too.
   */
  Running begin(URI uri, String tls, Http http, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail"));
    command.addAll(List.of("--max-time", "120", "--cacert", authority.toString()));
    command.addAll(List.of("--tlsv1.2", "--tls-max", tls, "--http" + http.version));
    command.addAll(List.of("--write-out", "%{stderr}%{http_version} over %header{cipher-suite}"));
    command.addAll(List.of(options));
    command.add(uri.toString());
    Path notes = Files.createTempFile(directory, "curl", ".txt");
    return new Running(new ProcessBuilder(command).redirectError(notes.toFile()).start(), notes);
  }

  /** What {@link Ended#spoken()} says when all went well. */
  static String spoken(Http http, String tls) {
    return http.version + " over " + tls;
  }

  Ended call(URI uri, String tls, Http http, String... options) throws Exception {
    try (Running running = begin(uri, tls, http, options)) {
      return running.end();
    }
  }
}
