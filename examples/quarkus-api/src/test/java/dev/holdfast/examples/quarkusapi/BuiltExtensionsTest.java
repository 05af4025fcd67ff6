package dev.holdfast.examples.quarkusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.servlet.registration.QuarkusExtensions;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holdfast knows extensions of Quarkus by the classes that are in their jars. */
class BuiltExtensionsTest {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  /** With the jars of this extension and of the servlet container. */
  private static void check(String extension) throws Exception {
    String classPath = System.getProperty("java.class.path");
    List<URL> jars = new ArrayList<>();
    for (String entry : SEPARATOR.splitAsStream(classPath).toList()) {
      String file = Path.of(entry).getFileName().toString();
      if (file.matches("(quarkus-undertow|" + extension + ")-\\d.*\\.jar")) {
        jars.add(Path.of(entry).toUri().toURL());
      }
    }
    assertThat(jars).hasSize(extension.equals("quarkus-undertow") ? 1 : 2);
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      QuarkusExtensions.check(null, "holdfast");
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus-rest",
        "quarkus-reactive-routes",
        "quarkus-smallrye-graphql",
        "quarkus-websockets",
        "quarkus-funqy-http"
      })
  void oneThatAnswersBeforeTheFiltersStopsTheStart(String extension) {
    assertThatIllegalStateException()
        .isThrownBy(() -> check(extension))
        .withMessageContaining(": " + extension + " is on the class path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus-websockets-next", "quarkus-grpc"})
  void oneThatMayBeAClientAloneIsNamed(String extension) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      check(extension);
      assertThat(log.all()).singleElement().asString().contains("Endpoints of " + extension);
    }
  }

  @Test
  void theOthersAreLawful() throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      check("quarkus-undertow");
      assertThat(log.all()).singleElement().asString().doesNotContain("Endpoints of");
    }
  }
}
