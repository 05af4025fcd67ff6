package dev.holdfast.examples.mcpserver;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The MCP server as it is started, with settings alone and TLS, and its issuer. */
final class RunningMcpServer implements AutoCloseable {
  final ThrowAwayPki pki = ThrowAwayPki.create();
  final TestIssuer issuer = TestIssuer.start(pki);
  final ConfigurableApplicationContext context;

  /** The canonical URI of the server, which is where it is called, and its tokens' audience. */
  final String resource;

  RunningMcpServer(Path folder, String... more) {
    this(McpServerApplication.application(), folder, more);
  }

  /**
   * Starts both.
   *
   * @param application the example, perhaps with beans of the test
   * @param folder for the keys
   * @param more settings
   */
  RunningMcpServer(SpringApplication application, Path folder, String... more) {
    int port = freePort();
    resource = "https://localhost:" + port + "/mcp";
    Path trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
    Stream<String> settings =
        Stream.of(
            "--server.shutdown=immediate",
            "--holdfast.tokens.issuers[0].issuer=" + issuer.issuer(),
            "--holdfast.tokens.issuers[0].audiences=" + resource,
            "--holdfast.tokens.issuers[0].trusted-certificates=" + trusted);
    context =
        application.run(
            Stream.of(tls(pki, folder, port), metadata(resource), settings, Arrays.stream(more))
                .flatMap(one -> one)
                .toArray(String[]::new));
  }

  /** The server's own settings for a connection by TLS. */
  static Stream<String> tls(ThrowAwayPki pki, Path folder, int port) {
    Identity server = pki.serverCertificate();
    return Stream.of(
        "--server.port=" + port,
        "--server.ssl.certificate=" + server.writeCertificateChain(folder.resolve("s.pem")).toUri(),
        "--server.ssl.certificate-private-key="
            + server.writePrivateKey(folder.resolve("s.key")).toUri(),
        "--server.ssl.trust-certificate="
            + pki.writeTrustedCertificates(folder.resolve("clients.pem")).toUri());
  }

  /** What a client learns from the challenge. */
  static Stream<String> metadata(String resource) {
    return Stream.of("--holdfast.metadata.resource=" + resource);
  }

  /** A port that nobody listens on: the name of the resource has it, so that it must be known. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the resource's metadata is. */
  String metadata() {
    return resource.replace("/mcp", "/.well-known/oauth-protected-resource/mcp");
  }

  /** Claims of a token for this server, bound to what {@code cnf} says. */
  Map<String, Object> claims(Map<String, Object> cnf) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("aud", resource);
    claims.put("cnf", cnf);
    return claims;
  }

  /** A client with a certificate and no key for DPoP; its token may be anybody's. */
  McpClient withCertificate(Identity identity, String token) {
    return new McpClient(
        resource,
        pki.sslContext(identity),
        (method, uri) -> new String[] {"Authorization", "Bearer " + token});
  }

  /** A client without a certificate that sends what {@code credentials} says. */
  McpClient with(McpClient.Credentials credentials) {
    return new McpClient(resource, pki.sslContext(), credentials);
  }

  @Override
  public void close() {
    context.close();
    issuer.close();
  }
}
