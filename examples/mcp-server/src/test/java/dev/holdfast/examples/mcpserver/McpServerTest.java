package dev.holdfast.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who may call the tool, and who may not. */
@Tag("verify")
class McpServerTest {
  private static final String BEARER = "Bearer error=\"invalid_token\"";

  private static RunningMcpServer server;
  private static Identity rightful;
  private static Identity thief;
  private static final DpopKey KEY = DpopKey.create();
  private static final DpopKey THIEFS_KEY = DpopKey.create();

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new RunningMcpServer(folder);
    rightful = server.pki.clientCertificate("CN=payments-app");
    thief = server.pki.clientCertificate("CN=thief");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aTokenBoundToACertificateCallsTheTool() throws Exception {
    McpClient client = server.withCertificate(rightful, certificateBound());

    assertThat(client.initialize().statusCode()).isEqualTo(200);
    assertThat(client.ask("tools/list", "{}").path("tools"))
        .extracting(tool -> tool.path("name").asString())
        .containsExactly("whoami");
    assertCaller(client.whoami(), "certificate", rightful.thumbprint());
  }

  @Test
  void aTokenBoundToADpopKeyCallsTheTool() throws Exception {
    McpClient client = server.with(McpClient.dpop(KEY, dpopBound()));

    assertThat(client.initialize().statusCode()).isEqualTo(200);
    assertThat(client.ask("tools/list", "{}").path("tools")).hasSize(1);
    assertCaller(client.whoami(), "dpop", KEY.thumbprint());
  }

  @Test
  void aStolenTokenIsRefusedInAnySession() throws Exception {
    String certificateBound = certificateBound();
    String dpopBound = dpopBound();
    McpClient owner = server.withCertificate(rightful, certificateBound);
    owner.initialize();

    for (McpClient stolen :
        List.of(
            server.withCertificate(thief, certificateBound),
            server.with((method, uri) -> bearer(certificateBound)),
            server.with((method, uri) -> bearer(dpopBound)),
            server.withCertificate(thief, dpopBound))) {
      assertRefused(stolen.initialize(), BEARER);
      assertRefused(call(owner.inTheSession(stolen)), BEARER);
      assertThat(owner.inTheSession(stolen).stream().join().statusCode()).isEqualTo(401);
      assertRefused(owner.inTheSession(stolen).delete(), BEARER);
    }
    McpClient withItsOwnKey = server.with(McpClient.dpop(THIEFS_KEY, dpopBound));
    assertRefused(withItsOwnKey.initialize(), "DPoP error=\"invalid_token\"");
    assertRefused(call(owner.inTheSession(withItsOwnKey)), "DPoP error=\"invalid_token\"");
    assertThat(owner.whoami().path("subject").asString()).as("it is open").isEqualTo("alice");
  }

  @Test
  void aTokenThatIsBoundToNothingIsRefused() throws Exception {
    Map<String, Object> claims = server.claims(Map.of());
    claims.remove("cnf");
    String unbound = server.issuer.jwt(claims);

    assertRefused(server.withCertificate(rightful, unbound).initialize(), BEARER);
  }

  @Test
  void aTokenForAnotherServerIsRefused() throws Exception {
    for (Object audience :
        new Object[] {
          "https://mcp.example/mcp",
          server.resource + "/",
          server.resource.replace("/mcp", ""),
          List.of("https://api.example", server.resource + "/other")
        }) {
      Map<String, Object> claims = server.claims(Map.of("x5t#S256", rightful.thumbprint()));
      claims.put("aud", audience);
      String token = server.issuer.jwt(claims);

      assertRefused(server.withCertificate(rightful, token).initialize(), BEARER);
    }
  }

  @Test
  void aTokenForThisServerAndAnotherIsTaken() throws Exception {
    Map<String, Object> claims = server.claims(Map.of("x5t#S256", rightful.thumbprint()));
    claims.put("aud", List.of("https://api.example", server.resource));

    McpClient client = server.withCertificate(rightful, server.issuer.jwt(claims));

    assertThat(client.initialize().statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenInTheQueryIsNoToken() throws Exception {
    McpClient client =
        new McpClient(
            server.resource, server.pki.sslContext(rightful), (method, uri) -> new String[0]);

    HttpResponse<String> answer =
        client.post(
            server.resource + "?access_token=" + certificateBound(), McpClient.initialization());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "Bearer resource_metadata=\"" + server.metadata() + "\"",
            "DPoP algs=\"ES256 ES384 EdDSA Ed25519 PS256 RS256\", resource_metadata=\""
                + server.metadata()
                + "\"");
  }

  @Test
  void theMetadataSaysWhereTokensComeFromAndWhatTheyAreBoundTo() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(server.pki.sslContext())
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(server.metadata()))
                    .header("MCP-Protocol-Version", "2025-11-25")
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"resource\":\"" + server.resource + "\"")
        .contains("\"authorization_servers\":[\"" + server.issuer.issuer() + "\"]")
        .contains("\"bearer_methods_supported\":[\"header\"]")
        .contains("\"tls_client_certificate_bound_access_tokens\":true")
        .contains("\"dpop_signing_alg_values_supported\":[\"ES256\"");
  }

  private static String certificateBound() {
    return server.issuer.jwt(server.claims(Map.of("x5t#S256", rightful.thumbprint())));
  }

  private static String dpopBound() {
    return server.issuer.jwt(server.claims(Map.of("jkt", KEY.thumbprint())));
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static HttpResponse<String> call(McpClient client) throws Exception {
    return client.post(client.request("tools/call", "{\"name\":\"whoami\",\"arguments\":{}}"));
  }

  private static void assertCaller(JsonNode caller, String binding, String thumbprint) {
    assertThat(caller.path("subject").asString()).isEqualTo("alice");
    assertThat(caller.path("client").asString()).isEqualTo("payments-app");
    assertThat(caller.path("issuer").asString()).isEqualTo(server.issuer.issuer());
    assertThat(caller.path("binding").asString()).isEqualTo(binding);
    assertThat(caller.path("thumbprint").asString()).isEqualTo(thumbprint);
  }

  private static void assertRefused(HttpResponse<String> answer, String error) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .hasSize(2)
        .allMatch(challenge -> challenge.contains("resource_metadata=\"" + server.metadata()))
        .first()
        .asString()
        .startsWith(error);
  }
}
