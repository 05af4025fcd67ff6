package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Await;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.eclipse.jetty.ee11.webapp.Configuration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.webapp.WebInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebXmlConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application that is replaced while the container runs leaves nothing of itself behind. */
@Tag("whole")
class RedeploymentTest {
  private static final int TIMES = 10;

  @TempDir Path directory;
  private Path war;
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void build() throws Exception {
    war =
        ExplodedWar.in(
            Files.createDirectories(directory.resolve("war")),
            Map.of(
                "tokens.issuers[0].issuer", "https://localhost:1",
                "tokens.issuers[0].audiences", "https://api.example",
                "events.transmitters[0].issuer", "https://localhost:1",
                "events.transmitters[0].audiences", "https://api.example/events",
                "events.transmitters[0].poll-uri", "https://localhost:1/poll",
                "proxies.trusted", "127.0.0.1,::1",
                "proxies.forwarding", "x-forwarded"));
  }

  @Test
  void inTomcat_C64() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    tomcat.getHost().setAutoDeploy(false);
    tomcat.start();
    try {
      for (int i = 0; i < TIMES; i++) {
        redeployInTomcat(tomcat);
      }
      nothingIsLeft(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private void redeployInTomcat(Tomcat tomcat) throws Exception {
    StandardContext context = new StandardContext();
    context.setPath("");
    context.setDocBase(war.toString());
    context.setParentClassLoader(RedeploymentTest.class.getClassLoader());
    context.setContainerSciFilter(".*"); // those of all containers are on this class path
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    context.setJarScanner(scanner);
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    context.addLifecycleListener(config);
    context.addServletContainerInitializer(
        (classes, started) -> started.addServlet("default", new DefaultServlet()).addMapping("/"),
        Set.of());
    tomcat.getHost().addChild(context);
    serves(tomcat.getConnector().getLocalPort(), context.getLoader().getClassLoader());
    tomcat.getHost().removeChild(context);
  }

  @Test
  void inJetty_C64() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    server.addConnector(connector);
    ContextHandlerCollection contexts = new ContextHandlerCollection(true);
    server.setHandler(contexts);
    server.start();
    try {
      for (int i = 0; i < TIMES; i++) {
        redeployInJetty(contexts, connector);
      }
      nothingIsLeft(connector.getLocalPort());
    } finally {
      server.stop();
    }
  }

  private void redeployInJetty(ContextHandlerCollection contexts, ServerConnector connector)
      throws Exception {
    WebAppContext context = new WebAppContext();
    context.setContextPath("/");
    context.setWar(war.toString());
    context.setTempDirectory(directory.resolve("jetty").toFile());
    context.setConfigurations(
        new Configuration[] {new WebInfConfiguration(), new WebXmlConfiguration()});
    context.setDefaultsDescriptor(null);
    context.setThrowUnavailableOnStartupException(true);
    contexts.addHandler(context);
    context.start();
    serves(connector.getLocalPort(), context.getClassLoader());
    contexts.removeHandler(context);
    context.stop();
    context.destroy();
  }

  /** Also that the filter is the application's own, and knows its container's sockets. */
  private void serves(int port, ClassLoader loader) throws Exception {
    assertThat(loader.loadClass(HoldfastFilter.class.getName()).getClassLoader()).isSameAs(loader);
    assertThat(status(port)).isEqualTo(401);
    loaders.add(new WeakReference<>(loader));
  }

  private int status(int port) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/x"))
                .header("X-Forwarded-Proto", "https")
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** The container's connection holds what it served last until it serves something else. */
  private void nothingIsLeft(int port) throws Exception {
    assertThat(status(port)).isEqualTo(404);
    assertThat(loaders).hasSize(TIMES);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ClassLoader ofThread = thread.getContextClassLoader();
      assertThat(loaders)
          .as(thread.getName())
          .noneMatch(loader -> ofThread != null && loader.get() == ofThread);
    }
    assertThat(Await.within(Duration.ofSeconds(30), this::allAreCollected))
        .as("class loaders that are left: %s", loaders.stream().map(WeakReference::get).toList())
        .isTrue();
  }

  /** But for the last: what the JVM itself used last may be of it until it uses something else. */
  private boolean allAreCollected() {
    System.gc();
    return loaders.stream().limit(TIMES - 1).allMatch(loader -> loader.get() == null);
  }
}
