package dev.holdfast.examples.behindaproxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.testing.Identity;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A call over TLS 1.2 by OpenSSL's client, which also resumes sessions that the JDK does not.
 *
 * @param output what the program printed: how the session came about, and the answer
 */
record OpensslCall(String output) {

  /**
   * Makes the call as the rightful client.
   *
   * @param session {@code -sess_out} or {@code -sess_in}, for a file that keeps the session
   */
  static OpensslCall make(RunningServers servers, String session)
      throws IOException, InterruptedException {
    Identity client = servers.identities().rightful();
    Workplace workplace = servers.workplace();
    int port = servers.proxy().port();
    Path request =
        workplace.write(
            "request",
            "GET /me HTTP/1.1\r\nHost: localhost:"
                + port
                + "\r\nConnection: close\r\n"
                + servers.tokenOf(client)
                + "\r\n\r\n");
    Path answer = workplace.file("answer");
    Process process =
        new ProcessBuilder(
                "openssl",
                "s_client",
                "-tls1_2",
                "-ign_eof",
                "-connect",
                "localhost:" + port,
                "-servername",
                "localhost",
                "-CAfile",
                servers
                    .identities()
                    .pki()
                    .writeTrustedCertificates(workplace.file("ca.crt"))
                    .toString(),
                "-verify_return_error",
                "-cert",
                client.writeCertificateChain(workplace.file("client.crt")).toString(),
                "-key",
                client.writePrivateKey(workplace.file("client.key")).toString(),
                session,
                workplace.file("session").toString())
            .redirectErrorStream(true)
            .redirectInput(request.toFile())
            .redirectOutput(answer.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("openssl does not end");
    }
    return new OpensslCall(Files.readString(answer, StandardCharsets.ISO_8859_1));
  }

  /** Skips the test where there is no OpenSSL. */
  static void installedOrSkip() {
    List<String> path = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    assumeTrue(
        Stream.concat(path.stream(), Stream.of("/usr/bin"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl"))),
        "openssl is not installed");
  }
}
