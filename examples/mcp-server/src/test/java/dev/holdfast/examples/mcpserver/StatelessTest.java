package dev.holdfast.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server without sessions: one setting of Spring AI's. */
@Tag("verify")
class StatelessTest {

  @Test
  void theToolKnowsItsCallerAndAStolenTokenIsRefused(@TempDir Path folder) throws Exception {
    try (RunningMcpServer server =
        new RunningMcpServer(folder, "--spring.ai.mcp.server.protocol=STATELESS")) {
      DpopKey key = DpopKey.create();
      String token = server.issuer.jwt(server.claims(Map.of("jkt", key.thumbprint())));
      McpClient client = server.with(McpClient.dpop(key, token));
      McpClient thief = server.with(McpClient.dpop(DpopKey.create(), token));

      HttpResponse<String> initialized = client.initialize();

      assertThat(initialized.statusCode()).isEqualTo(200);
      assertThat(initialized.headers().firstValue("mcp-session-id")).isEmpty();
      assertThat(client.whoami().path("thumbprint").asString()).isEqualTo(key.thumbprint());
      assertThat(thief.post(client.request("tools/list", "{}")).statusCode()).isEqualTo(401);
    }
  }
}
