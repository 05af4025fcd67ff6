package dev.holdfast.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.examples.mcpserver.Node.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Programs of others, from {@code src/test/node}, against the MCP server, which demands nonces: a
 * client with the official SDK, and the MCP conformance suite.
 */
@Tag("whole")
class NodeClientsTest {
  private static final List<Class<?>> FEATURES = List.of(SuitesTools.class, SuitesTexts.class);
  private static final String FOREIGN_HOST =
      "dns-rebinding-protection | localhost-host-rebinding-rejected | ";

  private static Node node;
  private static ServerOfAnAuthorizationServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = Node.installedOrSkip();
    server = new ServerOfAnAuthorizationServer(folder, FEATURES, "--holdfast.dpop.nonce=always");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aClientFollowsTheChallengeToATokenAndIsTheOnlyOneServed() throws Exception {
    Ended client = node.run(server.environment(), "node", "client.mjs");

    assertThat(client.status()).as(client.output()).isZero();
    assertThat(client.output().lines())
        .containsExactly(
            "401 names the metadata",
            "the metadata names the authorization server, which was asked for a token for this"
                + " resource",
            "the token is bound to the key of the proof",
            "whoami knows the client and its key",
            "each request had a proof of its own",
            "the same request again was refused",
            "the stolen token alone was refused",
            "the stolen token with the key of the thief was refused",
            "the session is over");
  }

  @Test
  void theSuitesChecksHaveTheResultsOfTheReadmeAndWithoutHoldfastTheSame() throws Exception {
    List<String> with = lines(node.run(server.environment(), "node", "suite.mjs"));
    List<String> without;
    try (ConfigurableApplicationContext alone = withoutHoldfast()) {
      String port = alone.getEnvironment().getRequiredProperty("local.server.port");
      without = lines(node.run(Map.of(), "node", "suite.mjs", "http://localhost:" + port + "/mcp"));
    }

    assertThat(Files.readAllLines(Path.of("README.md"))).containsSequence(with);
    assertThat(with).contains(FOREIGN_HOST + "SUCCESS");
    assertThat(without)
        .contains(
            FOREIGN_HOST + "FAILURE Expected HTTP 4xx for invalid Host/Origin headers, got 200");
    assertThat(others(with)).isEqualTo(others(without));
  }

  private static List<String> lines(Ended suite) {
    assertThat(suite.status()).as(suite.output()).isZero();
    return suite.output().lines().toList();
  }

  private static List<String> others(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(FOREIGN_HOST)).toList();
  }

  private static ConfigurableApplicationContext withoutHoldfast() {
    SpringApplication application = McpServerApplication.application();
    application.addPrimarySources(FEATURES);
    String security = "org.springframework.boot.security.autoconfigure.web.servlet.";
    return application.run(
        "--server.port=0",
        "--server.shutdown=immediate",
        "--spring.autoconfigure.exclude="
            + String.join(
                ",",
                "dev.holdfast.spring.boot.HoldfastAutoConfiguration",
                security + "ServletWebSecurityAutoConfiguration",
                security + "SecurityFilterAutoConfiguration"));
  }
}
