package dev.holdfast.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Await;
import dev.holdfast.testing.DpopKey;
import io.modelcontextprotocol.server.McpSyncServer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** What a session is made of: requests, each with a proof of its own, the stream, and its end. */
@Tag("verify")
class McpSessionTest {
  private static final String INVALID_PROOF = "DPoP error=\"invalid_dpop_proof\"";
  private static final DpopKey KEY = DpopKey.create();

  private static RunningMcpServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    SpringApplication application = McpServerApplication.application();
    application.addPrimarySources(List.of(Browsers.class));
    server = new RunningMcpServer(application, folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aProofIsGoodForOneRequestOfASession() throws Exception {
    McpClient owner = server.with(McpClient.dpop(KEY, token()));
    owner.initialize();
    McpClient captured = owner.inTheSession(server.with(repeating("POST", token())));
    String call = captured.request("tools/call", "{\"name\":\"whoami\",\"arguments\":{}}");

    assertThat(captured.post(call).statusCode()).isEqualTo(200);

    for (String again : List.of(call, captured.request("tools/list", "{}"))) {
      HttpResponse<String> repeated = captured.post(again);
      assertThat(repeated.statusCode()).isEqualTo(401);
      assertThat(repeated.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith(INVALID_PROOF);
    }
  }

  @Test
  void theStreamNeedsAProofOfItsOwnAndCarriesWhatTheServerSays() throws Exception {
    McpClient owner = server.with(McpClient.dpop(KEY, token()));
    owner.initialize();
    McpClient streaming = owner.inTheSession(server.with(repeating("GET", token())));

    CompletableFuture<HttpResponse<InputStream>> opening = streaming.stream();
    McpSyncServer mcp = server.context.getBean(McpSyncServer.class);
    boolean opened =
        Await.within(
            Duration.ofSeconds(20),
            () -> {
              mcp.notifyToolsListChanged(); // the stream answers with its first message
              return opening.isDone();
            });
    assertThat(opened).isTrue();
    HttpResponse<InputStream> stream = opening.join();
    assertThat(stream.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst().orElseThrow())
          .contains("notifications/tools/list_changed");

      HttpResponse<InputStream> repeated = streaming.stream().join();
      assertThat(repeated.statusCode()).isEqualTo(401);
      assertThat(repeated.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith(INVALID_PROOF);
      McpClient withTheProofOfAPost = owner.inTheSession(server.with(repeating("POST", token())));
      assertThat(withTheProofOfAPost.stream().join().statusCode()).isEqualTo(401);
      assertThat(owner.whoami().path("subject").asString())
          .as("requests beside the stream")
          .isEqualTo("alice");
    }
  }

  @Test
  void whoOpenedASessionEndsIt() throws Exception {
    McpClient owner = server.with(McpClient.dpop(KEY, token()));
    owner.initialize();

    assertThat(owner.delete().statusCode()).isEqualTo(200);

    assertThat(owner.post(owner.request("tools/list", "{}")).statusCode()).isEqualTo(404);
  }

  @Test
  void aSessionIsNobodysLogin() throws Exception {
    McpClient owner = server.with(McpClient.dpop(KEY, token()));
    owner.initialize();
    McpClient without = owner.inTheSession(server.with((method, uri) -> new String[0]));
    McpClient mallory = owner.inTheSession(mallory());

    assertThat(without.post(without.request("tools/list", "{}")).statusCode()).isEqualTo(401);
    assertThat(mallory.whoami().path("subject").asString()).isEqualTo("mallory");
    assertThat(owner.whoami().path("subject").asString()).isEqualTo("alice");
  }

  /** What docs/mcp.md says that nobody prevents: Spring AI takes the session's name alone. */
  @Test
  void whoKnowsASessionsNameAndHasATokenOfItsOwnCanEndIt() throws Exception {
    McpClient owner = server.with(McpClient.dpop(KEY, token()));
    owner.initialize();

    assertThat(owner.inTheSession(mallory()).delete().statusCode()).isEqualTo(200);

    assertThat(owner.post(owner.request("tools/list", "{}")).statusCode()).isEqualTo(404);
  }

  @Test
  void aBrowserAsksFirstAndReadsTheChallenge() throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(server.pki.sslContext()).build();
    HttpResponse<String> preflight =
        http.send(
            HttpRequest.newBuilder(URI.create(server.resource))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers(
                    "Origin", "https://inspector.example",
                    "Access-Control-Request-Method", "POST",
                    "Access-Control-Request-Headers",
                        "authorization,content-type,dpop,mcp-protocol-version,mcp-session-id")
                .build(),
            BodyHandlers.ofString());

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://inspector.example");

    McpClient without =
        server.with((method, uri) -> new String[] {"Origin", "https://inspector.example"});
    HttpResponse<String> refused = without.initialize();
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("WWW-Authenticate");
    McpClient.Credentials dpop = McpClient.dpop(KEY, token());
    McpClient with =
        server.with(
            (method, uri) -> {
              String[] headers = dpop.headers(method, uri);
              return new String[] {
                headers[0],
                headers[1],
                headers[2],
                headers[3],
                "Origin",
                "https://inspector.example"
              };
            });
    assertThat(with.initialize().statusCode()).isEqualTo(200);
    assertThat(with.whoami().path("binding").asString()).isEqualTo("dpop");
  }

  /** The same proof with every request. */
  private static McpClient.Credentials repeating(String method, String token) {
    String[] headers = McpClient.dpop(KEY, token).headers(method, server.resource);
    return (any, uri) -> headers;
  }

  /** Somebody with a token and a key of its own. */
  private static McpClient mallory() {
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = server.claims(Map.of("jkt", key.thumbprint()));
    claims.put("sub", "mallory");
    return server.with(McpClient.dpop(key, server.issuer.jwt(claims)));
  }

  private static String token() {
    return server.issuer.jwt(server.claims(Map.of("jkt", KEY.thumbprint())));
  }

  /** What an application says that lets scripts of another site call. */
  @Configuration(proxyBeanMethods = false)
  static class Browsers {
    @Bean
    CorsConfigurationSource corsConfigurationSource() {
      CorsConfiguration cors = new CorsConfiguration();
      cors.setAllowedOrigins(List.of("https://inspector.example"));
      cors.setAllowedMethods(List.of("GET", "POST", "DELETE"));
      cors.setAllowedHeaders(
          List.of(
              "Authorization",
              "DPoP",
              "Content-Type",
              "Mcp-Protocol-Version",
              "Mcp-Session-Id",
              "Last-Event-ID"));
      cors.setExposedHeaders(List.of("WWW-Authenticate", "DPoP-Nonce", "Mcp-Session-Id"));
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/mcp", cors);
      return source;
    }
  }
}
