package dev.holdfast.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSSL's own client, as a judge that shares no code with either end. */
final class OpenSsl {
  private static final Pattern EKM = Pattern.compile("Keying material: ([0-9A-F]{64})");
  private static final Pattern BODY = Pattern.compile("(?m)^([0-9a-f]{64}|nothing)");

  /** A request that leaves the connection open, but for its last empty line. */
  static final String GET = "GET /ekm HTTP/1.1\r\nHost: localhost\r\n";

  /** The only request. */
  static final List<Line> ONE_REQUEST =
      List.of(new Line("Keying material", GET + "Connection: close\r\n\r\n"));

  /** A request, and a renegotiation before the next. */
  static final List<Line> RENEGOTIATION =
      List.of(
          new Line("Keying material", GET + "\r\n"),
          new Line("HTTP/1.1 200", "R\n"),
          new Line("RENEGOTIATING", GET + "\r\n"));

  private final Path directory;
  private String options = "";

  private OpenSsl(Path directory) {
    this.directory = directory;
  }

  static OpenSsl installedOrSkip(Path directory) {
    Installed.orSkip("openssl");
    return new OpenSsl(directory);
  }

  /** One connection. */
  record Talk(String output) {
    String exported() {
      Matcher matcher = EKM.matcher(output);
      return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "no keying material";
    }

    /** What {@code /ekm} has answered, each time. */
    List<String> answers() {
      return BODY.matcher(output).results().map(match -> match.group(1)).toList();
    }

    boolean isResumed() {
      return output.contains("Reused, TLSv1");
    }
  }

  /** Something to write once the output has this text. */
  record Line(String awaited, String text) {}

  /** Connects, writes the lines, and waits for the end. */
  Talk talk(int port, List<Line> lines, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_client",
                "-connect",
                "localhost:" + port,
                "-keymatexport",
                "EXPORTER-Token-Binding",
                "-keymatexportlen",
                "32"));
    command.addAll(List.of(options));
    Path output = Files.createTempFile(directory, "s_client", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OPENSSL_CONF", configuration().toString());
    Process process = builder.redirectOutput(output.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      for (Line line : lines) {
        await(process, output, line.awaited());
        in.write(line.text().getBytes(StandardCharsets.US_ASCII));
        in.flush();
      }
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (IOException ended) {
      process.waitFor(5, TimeUnit.SECONDS); // the server has closed the connection
    } finally {
      process.destroyForcibly().waitFor();
    }
    return new Talk(Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  private static void await(Process process, Path output, String text)
      throws IOException, InterruptedException {
    for (int i = 0; i < 400 && !Files.readString(output).contains(text); i++) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /** Leaves extended master secret (RFC 7627) out. */
  OpenSsl withoutExtendedMasterSecret() {
    options = "Options = -ExtendedMasterSecret\n";
    return this;
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        directory.resolve("openssl.cnf"),
        "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\n"
            + "CipherString = DEFAULT\n"
            + options);
  }
}
