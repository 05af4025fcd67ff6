package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The client of {@code src/test/c}, compiled here: OpenSSL does the handshake with the extension,
 * the export and the signature, so that nothing of ours or of Bouncy Castle's is in its proof.
 */
final class OpenSslPeer {
  private static final Path SOURCE = Path.of("src/test/c/token_binding_peer.c");

  private final Path directory;
  private final Path program;

  private OpenSslPeer(Path directory) {
    this.directory = directory;
    this.program = directory.resolve("token_binding_peer");
  }

  /**
   * Skips where there is no compiler or no headers; a source that does not compile is a failure.
   */
  static OpenSslPeer builtOrSkip(Path directory) throws Exception {
    Installed.orSkip("cc");
    Path probe =
        Files.writeString(
            directory.resolve("probe.c"),
            """
            #include <openssl/ssl.h>
            #include <stdio.h>
            #if OPENSSL_VERSION_NUMBER < 0x30000000L
            #error too old
            #endif
            int main(void) { return SSL_CTX_new(TLS_client_method()) == NULL; }
            """);
    if (!cc(probe, directory.resolve("probe")).startsWith("0")) {
      Installed.skip("no development files of libc or OpenSSL 3: " + Installed.PACKAGES);
    }
    OpenSslPeer peer = new OpenSslPeer(directory);
    assertThat(cc(SOURCE, peer.program)).isEqualTo("0: ");
    return peer;
  }

  private static String cc(Path source, Path program) throws Exception {
    return run(
        List.of(
            "cc",
            "-std=c11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            program.toString(),
            source.toString(),
            "-lssl",
            "-lcrypto"));
  }

  /** The status, and what it said. */
  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue() + ": " + said;
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * A key of the peer's own.
   *
   * @param tbh what a token says that is bound to it
   */
  record Key(Path file, String tbh) {}

  Key newKey(String name) throws Exception {
    Path file = directory.resolve(name + ".pem");
    String said = run(List.of(program.toString(), "key", file.toString()));
    assertThat(said).startsWith("0: tbh: ");
    return new Key(file, said.substring("0: tbh: ".length()).strip());
  }

  /** What the peer does; each method gives a changed copy. */
  record Call(
      int port,
      Path authority,
      String version,
      Key key,
      String offer,
      String token,
      String message,
      int connections) {

    /** The extension's data in hexadecimal, or {@code none}. */
    Call offering(String data) {
      return new Call(port, authority, version, key, data, token, message, connections);
    }

    /** A field of another connection, {@code own} or {@code none}. */
    Call sending(String field) {
      return new Call(port, authority, version, key, offer, token, field, connections);
    }

    Call with(Key other) {
      return new Call(port, authority, version, other, offer, token, message, connections);
    }

    Call twice() {
      return new Call(port, authority, version, key, offer, token, message, 2);
    }
  }

  /** What it saw on each connection, by name; {@code failed} where it got no further. */
  List<Map<String, String>> make(Call call) throws Exception {
    String said =
        run(
            List.of(
                program.toString(),
                "call",
                String.valueOf(call.port()),
                call.authority().toString(),
                call.version(),
                call.key().file().toString(),
                call.offer(),
                call.token(),
                call.message(),
                String.valueOf(call.connections())));
    return connections(said.substring(said.indexOf(' ') + 1));
  }

  /** A connection ends with its body, or by failing. */
  private static List<Map<String, String>> connections(String said) throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    Map<String, String> seen = new LinkedHashMap<>();
    for (String line : said.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException(said);
      }
      String name = line.substring(0, colon);
      seen.put(name, line.substring(colon + 1).strip());
      if (name.equals("body") || name.equals("failed")) {
        all.add(seen);
        seen = new LinkedHashMap<>();
      }
    }
    return all;
  }
}
