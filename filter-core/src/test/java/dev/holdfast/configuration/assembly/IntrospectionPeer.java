package dev.holdfast.configuration.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The npm package oidc-provider, as a program of its own. Where Node.js or the package cannot be
 * had, tests are skipped; they fail instead where both have to be.
 */
final class IntrospectionPeer implements AutoCloseable {
  /** A client that gets tokens, and its secret: a throw-away. */
  static final Map<String, Object> APP =
      Map.of(
          "client_id", "app",
          "client_secret", "throw-away-secret-of-app",
          "grant_types", new String[] {"client_credentials"},
          "response_types", new String[0],
          "redirect_uris", new String[0]);

  private static final String REQUIRED = "HOLDFAST_REQUIRE_NODE";
  private static final Path DIRECTORY = Path.of("target/node/oidc-provider");
  private static final int PATIENCE_MINUTES = 3;

  private final Process process;
  private final String issuer;

  private IntrospectionPeer(Process process, String issuer) {
    this.process = process;
    this.issuer = issuer;
  }

  /**
   * Installs what {@code package-lock.json} pins, and starts the server.
   *
   * @param configuration its {@code jwks} and {@code clients}
   */
  static IntrospectionPeer startOrSkip(Map<String, Object> configuration)
      throws IOException, InterruptedException {
    Files.createDirectories(DIRECTORY);
    try (Stream<Path> files = Files.list(Path.of("src/test/node/oidc-provider"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file, DIRECTORY.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(
        DIRECTORY.resolve("configuration.json"), JSONObjectUtils.toJSONString(configuration));
    try {
      Process npm =
          new ProcessBuilder("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund")
              .directory(DIRECTORY.toFile())
              .redirectErrorStream(true)
              .redirectOutput(DIRECTORY.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        skip("npm cannot install oidc-provider");
      }
      return started();
    } catch (IOException missing) {
      skip("Node.js and npm are not installed: apt-get install nodejs npm");
      throw missing;
    }
  }

  private static IntrospectionPeer started() throws IOException {
    Process process =
        new ProcessBuilder("node", "server.mjs", "configuration.json")
            .directory(DIRECTORY.toFile())
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        return new IntrospectionPeer(process, line.substring("ready ".length()));
      }
      said.append(line).append('\n');
    }
    skip("oidc-provider does not start: " + said);
    throw new AssertionError();
  }

  private static void skip(String reason) {
    if ("true".equals(System.getenv(REQUIRED))) {
      fail(reason + ", and " + REQUIRED + " is true");
    }
    abort(reason);
  }

  String issuer() {
    return issuer;
  }

  /** An opaque token of {@link #APP}. */
  String token() throws IOException, InterruptedException {
    String credentials = APP.get("client_id") + ":" + APP.get("client_secret");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(issuer + "/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "grant_type=client_credentials&scope=accounts"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    try {
      return String.valueOf(JSONObjectUtils.parse(answer.body()).get("access_token"));
    } catch (ParseException e) {
      throw new IOException(answer.body(), e);
    }
  }

  /** It ends with its standard input. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
  }
}
