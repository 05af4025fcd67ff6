package dev.holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The authorization server's process, seen from here. */
final class StubProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private StubProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, with this JVM's Java and class path, and waits until it listens. */
  static StubProcess start(String thumbprint) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dsun.net.httpserver.nodelay=true",
            "-Dsun.net.httpserver.maxIdleConnections=5000",
            "-cp",
            System.getProperty("java.class.path"),
            AuthorizationServerStub.class.getName(),
            thumbprint);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
      String port = lines.readLine();
      if (port == null) {
        throw new IllegalStateException("the authorization server did not start");
      }
      return new StubProcess(process, Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String issuer() {
    return "http://localhost:" + port;
  }

  String introspectionUri() {
    return issuer() + "/introspect";
  }

  /**
   * Lets each answer take that long from now on.
   *
   * @return how many calls there were since the last time
   */
  int delay(int millis) {
    try {
      URL control = URI.create(issuer() + "/delay?" + millis).toURL();
      try (InputStream answer = control.openStream()) {
        return Integer.parseInt(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
