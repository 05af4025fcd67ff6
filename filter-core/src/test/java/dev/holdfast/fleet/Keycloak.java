package dev.holdfast.fleet;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak as it is distributed, which the profile {@code keycloak} unpacks, with one realm. */
final class Keycloak implements AutoCloseable {
  /** The client to which users log in. */
  static final String CLIENT = "app";

  /** The client that introspects. */
  static final String API = "api";

  static final String SECRET = "throw-away-secret-of-a-client";

  private static final Path FOLDER = Path.of("target", "keycloak");
  private static final String REQUIRED = "HOLDFAST_REQUIRE_KEYCLOAK";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final Process process;
  private final Path output;

  private Keycloak(int port, Process process, Path output) {
    this.port = port;
    this.process = process;
    this.output = output;
  }

  /** Where it is unpacked; where it must be, this fails instead of saying null. */
  static Path home() throws IOException {
    if (Files.isDirectory(FOLDER)) {
      try (Stream<Path> all = Files.list(FOLDER)) {
        List<Path> homes = all.filter(path -> Files.exists(path.resolve("bin/kc.sh"))).toList();
        if (!homes.isEmpty()) {
          return homes.get(0).toAbsolutePath();
        }
      }
    }
    if ("true".equals(System.getenv(REQUIRED))) {
      throw new IllegalStateException(FOLDER + " is missing and " + REQUIRED + " is set");
    }
    return null;
  }

  /** One that is running, which sends logout tokens there. */
  static Keycloak started(Path home, String logoutUri) throws IOException, InterruptedException {
    Path realm = Files.createDirectories(home.resolve("data/import")).resolve("fleet.json");
    try (var file = Keycloak.class.getResourceAsStream("keycloak-realm.json")) {
      String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(realm, json.replace("LOGOUT_URI", logoutUri).replace("SECRET", SECRET));
    }
    int port = freePort();
    Path output = home.resolve("output.log");
    Process process =
        new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--http-host=localhost",
                "--http-port=" + port,
                "--import-realm")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Keycloak keycloak = new Keycloak(port, process, output);
    if (!Await.within(PATIENCE, keycloak::answers)) {
      keycloak.close();
      throw new IllegalStateException(Files.readString(output));
    }
    return keycloak;
  }

  String issuer() {
    return "http://localhost:" + port + "/realms/fleet";
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException(output.toString());
    }
    try {
      return client
              .send(HttpRequest.newBuilder(URI.create(issuer())).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notThereYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A session of the user: {@code access_token} and {@code refresh_token}. */
  Map<String, Object> login() throws ParseException {
    HttpResponse<String> response =
        post(
            "token",
            Map.of(
                "grant_type", "password",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "username", "alice",
                "password", "wonderland",
                "scope", "openid"));
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.body());
    }
    return JSONObjectUtils.parse(response.body());
  }

  /** Ends that session, and tells its clients. */
  void logout(Map<String, Object> session) {
    HttpResponse<String> response =
        post(
            "logout",
            Map.of(
                "client_id", CLIENT,
                "client_secret", SECRET,
                "refresh_token", (String) session.get("refresh_token")));
    if (response.statusCode() != 204) {
      throw new IllegalStateException(response.statusCode() + response.body());
    }
  }

  private HttpResponse<String> post(String endpoint, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + '='
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/" + endpoint))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .timeout(Duration.ofSeconds(30))
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
