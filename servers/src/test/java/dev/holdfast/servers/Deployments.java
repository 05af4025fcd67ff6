package dev.holdfast.servers;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** One server and the applications in it. The contract's have a number as their path. */
final class Deployments implements AutoCloseable {
  private static final List<String> CONTRACT = List.of("Endpoints", "SeenRequest");

  /** What is in the application in the shape of the README. */
  static final List<String> WITH_ENDPOINT =
      List.of("Endpoints", "SeenRequest", "Handshake", "Trace");

  /** The same without its WebSocket. */
  static final List<String> WITHOUT_ENDPOINT =
      List.of("Endpoints", "SeenRequest", "Start", "Trace");

  private final Path directory;
  private final ServerSpec first;
  private final List<String> readme;
  private final RunningServer server;
  private final HttpClient client;
  private final AtomicInteger contexts = new AtomicInteger();

  private Deployments(Path directory, ServerSpec first, List<String> readme, RunningServer server) {
    this.directory = directory;
    this.first = first;
    this.readme = readme;
    this.server = server;
    this.client = client(first.pki().sslContext());
  }

  /** Starts the server in this new directory. */
  interface Starter {
    RunningServer start(Path directory, KeyFiles keys) throws IOException;
  }

  /**
   * Starts the server, with the key and the authority of the first deployment.
   *
   * @param readme the classes of the application in the shape of the README
   */
  static Deployments in(String name, ServerSpec first, List<String> readme, Starter starter) {
    try {
      Path directory = Files.createTempDirectory(name);
      KeyFiles keys = KeyFiles.in(directory.resolve("keys"), first.identity(), first.pki());
      Path base = Files.createDirectory(directory.resolve("base"));
      return new Deployments(directory, first, readme, starter.start(base, keys));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deploys the contract's application with these settings. */
  Server deployed(ServerSpec spec) {
    String name = String.valueOf(contexts.incrementAndGet());
    deploy(name, Descriptors.ofTheContract(spec.settings()), CONTRACT);
    return new Deployed(this, '/' + name);
  }

  /** Deploys the application in the shape of the README, with the settings of the first. */
  void deployReadme(String name) {
    deployReadme(name, readme);
  }

  /** The same with these classes. */
  void deployReadme(String name, List<String> classes) {
    deploy(name, Descriptors.ofTheReadme(first.settings()), classes);
  }

  /** The same, unless it is there. */
  void deployReadmeOnce(String name) {
    if (status(name) != 200) {
      deployReadme(name);
    }
  }

  /** The same with another setting; the server may refuse it. */
  void tryToDeploy(String name, String setting, String value) throws IOException {
    Map<String, String> settings = new HashMap<>(first.settings());
    settings.put(setting, value);
    server.deploy(name, war(name, Descriptors.ofTheReadme(settings), readme));
  }

  private void deploy(String name, String webXml, List<String> classes) {
    try {
      server.deploy(name, war(name, webXml, classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.process().await(name + " is deployed", () -> status(name) == 200);
  }

  /** Undeploys it, and waits until it is not served any more. */
  void undeploy(String name) {
    try {
      server.undeploy(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.process().await(name + " is undeployed", () -> status(name) == 404);
  }

  private Path war(String name, String webXml, List<String> classes) throws IOException {
    return WarFile.write(directory.resolve(name + ".war"), webXml, classes);
  }

  /** What the open page of an application answers; 0 when nobody does. */
  int status(String name) {
    try {
      return get('/' + name + "/public/ping").statusCode();
    } catch (UncheckedIOException notYet) {
      return 0;
    }
  }

  /** Asks for the open page of an application on a new connection. */
  void visit(String name) {
    get(client(first.pki().sslContext()), '/' + name + "/public/ping");
  }

  HttpResponse<String> get(String path) {
    return get(client, path);
  }

  private HttpResponse<String> get(HttpClient caller, String path) {
    try {
      return caller.send(
          HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A new client with this certificate. */
  HttpClient client(Identity identity) {
    return client(first.pki().sslContext(identity));
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
  }

  int port() {
    return server.port();
  }

  ServerProcess process() {
    return server.process();
  }

  @Override
  public void close() {
    server.close();
  }

  /** One of the contract's applications; it ends with the server. */
  private record Deployed(Deployments all, String contextPath) implements Server {
    @Override
    public int port() {
      return all.port();
    }

    @Override
    public int reached() {
      return Integer.parseInt(all.get(contextPath + "/public/reached").body());
    }

    @Override
    public void close() {}
  }
}
