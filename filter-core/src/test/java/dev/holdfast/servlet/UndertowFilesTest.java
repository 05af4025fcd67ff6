package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement;
import dev.holdfast.policy.BindingPolicy;
import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.handlers.DefaultServlet;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Static files of Undertow, and filters that are mapped to some paths only. */
@Tag("verify")
class UndertowFilesTest {
  private static final String WARNING = "Undertow serves static files";

  @TempDir Path files;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(Files.createDirectory(files.resolve("api")).resolve("file.txt"), "secret");
  }

  private static HoldfastFilter filter() {
    return new HoldfastFilter(
        new BindingEnforcer(
            List.of(),
            FilterFixture.VALID,
            BindingPolicy.everywhere(
                new Requirement(Requirement.Mode.REQUIRED, Set.of(ConfirmationMethod.CERTIFICATE))),
            EnforcementListener.silent()));
  }

  /** Asks for the paths as they stand; an HTTP client would tidy them up. */
  private List<Integer> statuses(Consumer<DeploymentInfo> mapping, String... paths)
      throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(getClass().getClassLoader())
            .setContextPath("/")
            .setDeploymentName("files")
            .setEagerFilterInit(true)
            .setResourceManager(new PathResourceManager(files))
            .addServlet(Servlets.servlet("api", DefaultServlet.class).addMapping("/servlet/*"))
            .addFilter(
                new FilterInfo("h", HoldfastFilter.class, new ImmediateInstanceFactory<>(filter()))
                    .setAsyncSupported(true));
    mapping.accept(deployment);
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow undertow =
        Undertow.builder().addHttpListener(0, "localhost").setHandler(manager.start()).build();
    undertow.start();
    try {
      InetSocketAddress address =
          (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
      List<Integer> statuses = new ArrayList<>();
      for (String path : paths) {
        statuses.add(status(address, path));
      }
      return statuses;
    } finally {
      undertow.stop();
      manager.stop();
      manager.undeploy();
    }
  }

  private static int status(InetSocketAddress address, String path) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
    }
  }

  private static Consumer<DeploymentInfo> to(String urlPattern) {
    return deployment -> deployment.addFilterUrlMapping("h", urlPattern, DispatcherType.REQUEST);
  }

  /** If a later Undertow answers 401 to the second path, the warning has no reason any more. */
  @ParameterizedTest
  @CsvSource({
    "/api/*, /api/file.txt, /x/../api/file.txt",
    "/api/*, /api/file.txt, /;x/api/file.txt",
    "*.txt, /api/file.txt, /api/file.txt/.",
    "/api/file.txt, /api/file.txt, /api//file.txt"
  })
  void aMappingThatFilesCanBeReachedAroundIsNamed(String pattern, String path, String around)
      throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(statuses(to(pattern), path, around)).containsExactly(401, 200);
      assertThat(log.with(WARNING))
          .singleElement()
          .asString()
          .contains("mapped to " + pattern, "serve public files from another web application")
          .doesNotContain("policy=off"); // that demands a valid token all the same
    }
  }

  /** A servlet has the same files as a page of the application could have. */
  @ParameterizedTest
  @CsvSource({"/servlet/x, true", "/other, false"})
  void anExactMappingBesideAServletOfMorePathsIsNamed(String pattern, boolean isNamed)
      throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      List<Integer> statuses = statuses(to(pattern), pattern, "/servlet/./x", "/servlet//x");
      assertThat(statuses.get(0)).isEqualTo(401);
      assertThat(statuses.subList(1, 3)).doesNotContain(401);
      assertThat(
              log.with(WARNING).get(0).contains("A servlet that is mapped to more than " + pattern))
          .isEqualTo(isNamed);
    }
  }

  @Test
  void aMappingForSeveralDispatchersIsNamedOnce() throws Exception {
    Consumer<DeploymentInfo> mapping =
        deployment -> {
          for (DispatcherType type : DispatcherType.values()) {
            deployment.addFilterUrlMapping("h", "/api/*", type);
          }
        };
    try (HoldfastLines log = new HoldfastLines()) {
      statuses(mapping, "/api/file.txt");
      assertThat(log.with(WARNING)).singleElement().asString().contains("mapped to /api/*, and");
    }
  }

  @Test
  void soIsOneByTheNameOfAServlet() throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      Consumer<DeploymentInfo> mapping =
          deployment -> deployment.addFilterServletNameMapping("h", "api", DispatcherType.REQUEST);
      assertThat(statuses(mapping, "/servlet/x", "/api/file.txt")).containsExactly(401, 200);
      assertThat(log.with(WARNING)).singleElement().asString().contains("the servlet api");
    }
  }

  @Test
  void aFilterForEverythingIsAskedForEveryFileAndNothingIsSaid() throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(
              statuses(
                  to("/*"),
                  "/api/file.txt",
                  "/x/../api/file.txt",
                  "/api/file.txt/.",
                  "/api//file.txt",
                  "/..;/api/file.txt"))
          .containsOnly(401);
      assertThat(log.with(WARNING)).isEmpty();
    }
  }
}
