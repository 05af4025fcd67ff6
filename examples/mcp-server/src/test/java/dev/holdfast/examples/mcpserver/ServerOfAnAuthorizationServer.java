package dev.holdfast.examples.mcpserver;

import dev.holdfast.examples.authorizationserver.AuthorizationServer;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The MCP server and the example's authorization server, for clients that are programs. */
final class ServerOfAnAuthorizationServer implements AutoCloseable {
  private final AuthorizationServer authorizationServer;
  private final ConfigurableApplicationContext server;
  private final Map<String, String> environment;

  /**
   * Starts both.
   *
   * @param folder for the keys
   * @param beans of the test, in addition to the example's
   * @param more settings of the MCP server
   */
  ServerOfAnAuthorizationServer(Path folder, List<Class<?>> beans, String... more) {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Path trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
    int port = RunningMcpServer.freePort();
    String resource = "https://localhost:" + port + "/mcp";
    Identity identity = pki.serverCertificate();
    authorizationServer =
        AuthorizationServer.start(
            "--server.port=0",
            "--server.ssl.certificate="
                + identity.writeCertificateChain(folder.resolve("as.pem")).toUri(),
            "--server.ssl.certificate-private-key="
                + identity.writePrivateKey(folder.resolve("as.key")).toUri(),
            "--server.ssl.trust-certificate=" + trusted.toUri(),
            "--demo.resources=" + resource);
    SpringApplication application = McpServerApplication.application();
    application.addPrimarySources(beans);
    Stream<String> own =
        Stream.of(
            "--server.shutdown=immediate",
            "--holdfast.tokens.issuers[0].issuer=" + authorizationServer.issuer(),
            "--holdfast.tokens.issuers[0].audiences=" + resource,
            "--holdfast.tokens.issuers[0].trusted-certificates=" + trusted);
    server =
        application.run(
            Stream.of(
                    RunningMcpServer.tls(pki, folder, port),
                    RunningMcpServer.metadata(resource),
                    own,
                    Arrays.stream(more))
                .flatMap(one -> one)
                .toArray(String[]::new));
    environment =
        Map.of(
            "MCP_SERVER",
            resource,
            "ISSUER",
            authorizationServer.issuer(),
            "TOKEN_ENDPOINT",
            authorizationServer.issuer() + "/oauth2/token",
            "CLIENT_ID",
            "dpop-app",
            "CLIENT_SECRET",
            "dpop-app-secret",
            "NODE_EXTRA_CA_CERTS",
            trusted.toString());
  }

  /** What the clients have to know. */
  Map<String, String> environment() {
    return environment;
  }

  @Override
  public void close() {
    server.close();
    authorizationServer.close();
  }
}
