package dev.holdfast.examples.mcpserver;

import dev.holdfast.testing.DpopKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One session with an MCP server, by the bytes: a test sees each answer, and repeats requests. */
final class McpClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String uri;
  private final HttpClient http;
  private final Credentials credentials;
  private @Nullable String session;
  private int requests;

  McpClient(String uri, SSLContext tls, Credentials credentials) {
    this.uri = uri;
    this.http =
        HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    this.credentials = credentials;
  }

  /** What a request carries, as names and values in turn. */
  interface Credentials {
    String[] headers(String method, String uri);
  }

  /** The token under the scheme DPoP, with a new proof for each request. */
  static Credentials dpop(DpopKey key, String token) {
    return (method, uri) ->
        new String[] {
          "Authorization", "DPoP " + token, "DPoP", key.proof(method, uri, token).sign()
        };
  }

  /** Opens a session, as the protocol has it: a request and the client's word that it is ready. */
  HttpResponse<String> initialize() throws IOException, InterruptedException {
    HttpResponse<String> answer = post(initialization());
    session = answer.headers().firstValue("mcp-session-id").orElse(null);
    if (answer.statusCode() == 200) {
      post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }
    return answer;
  }

  static String initialization() {
    return "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
        + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
  }

  /** Asks, and returns the result; anything but a result fails. */
  JsonNode ask(String method, String params) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(request(method, params));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.headers().map());
    }
    JsonNode result = message(answer.body()).path("result");
    if (result.isMissingNode()) {
      throw new AssertionError(answer.body());
    }
    return result;
  }

  /** What the tool {@code whoami} says. */
  JsonNode whoami() throws IOException, InterruptedException {
    String text =
        ask("tools/call", "{\"name\":\"whoami\",\"arguments\":{}}")
            .path("content")
            .path(0)
            .path("text")
            .asString();
    return JSON.readTree(text);
  }

  String request(String method, String params) {
    requests++;
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
        .formatted(requests, method, params);
  }

  HttpResponse<String> post(String message) throws IOException, InterruptedException {
    return post(uri, message);
  }

  HttpResponse<String> post(String target, String message)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to("POST", target).header("Content-Type", "application/json");
    return http.send(
        request.POST(HttpRequest.BodyPublishers.ofString(message)).build(),
        BodyHandlers.ofString());
  }

  /** Opens the stream on which the server speaks by itself; it answers with its first message. */
  CompletableFuture<HttpResponse<InputStream>> stream() {
    return http.sendAsync(to("GET", uri).GET().build(), BodyHandlers.ofInputStream());
  }

  /** Ends the session. */
  HttpResponse<String> delete() throws IOException, InterruptedException {
    return http.send(to("DELETE", uri).DELETE().build(), BodyHandlers.ofString());
  }

  /** A client of other credentials in the same session. */
  McpClient inTheSession(McpClient other) {
    other.session = session;
    return other;
  }

  private HttpRequest.Builder to(String method, String target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target))
            .timeout(PATIENCE)
            .header("Accept", "application/json, text/event-stream")
            .header("Mcp-Protocol-Version", "2025-11-25");
    String[] headers = credentials.headers(method, target);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return session == null ? request : request.header("Mcp-Session-Id", session);
  }

  /** The one message of an answer: plain JSON, or a stream of events. */
  private static JsonNode message(String body) {
    String json =
        body.lines()
            .filter(line -> line.startsWith("data:"))
            .map(line -> line.substring("data:".length()))
            .findFirst()
            .orElse(body);
    return JSON.readTree(json);
  }
}
