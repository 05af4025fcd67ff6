package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The other starter's classes, in an application of this Spring Boot. */
class WrongStarterTest {
  private static final Path OWN = Path.of("target", "classes").toAbsolutePath();
  private static final Path FOR_BOOT_4 = Path.of("..", "target", "classes").toAbsolutePath();

  /** Runs in a class loader of its own. */
  @EnableAutoConfiguration
  public static final class Application {
    private Application() {}

    public static void start() {
      SpringApplication application = new SpringApplication(Application.class);
      application.setRegisterShutdownHook(false);
      try (ConfigurableApplicationContext started =
          application.run(
              "--server.port=0",
              "--spring.main.banner-mode=off",
              "--logging.level.root=off",
              "--holdfast.tokens.issuers[0].issuer=https://issuer.example",
              "--holdfast.tokens.issuers[0].audiences=https://api.example")) {
        throw new AssertionError("started: " + started);
      }
    }
  }

  @Test
  void itStopsTheStart_andTheArtifactToTakeIsNamed() throws Exception {
    assertThat(FOR_BOOT_4.resolve("dev/holdfast")).isDirectory();
    List<URL> others = new ArrayList<>();
    others.add(FOR_BOOT_4.toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).toAbsolutePath().equals(OWN)) {
        others.add(url(entry));
      }
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader classes =
        new URLClassLoader(others.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(classes);
      Class<?> application = classes.loadClass(Application.class.getName());
      assertThatExceptionOfType(InvocationTargetException.class)
          .isThrownBy(() -> application.getMethod("start").invoke(null))
          .havingCause()
          .withMessageStartingWith("This is Spring Boot 3.5.")
          .withMessageContaining("Take the dependency dev.holdfast:holdfast-spring-boot3-starter");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }
}
