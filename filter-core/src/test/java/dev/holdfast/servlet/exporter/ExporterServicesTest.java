package dev.holdfast.servlet.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.servlet.HoldfastFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector in the container's {@code lib}, and an application with its own Holdfast. */
class ExporterServicesTest {
  private static final byte[] BYTES = new byte[32];

  @TempDir Path lib;

  /** A connector's, of the container's copy. */
  public static final class Connector implements KeyingMaterialExporter {
    @Override
    public ExportedKeyingMaterial of(HttpServletRequest request) {
      return new ExportedKeyingMaterial(BYTES, 2, Agreement.NEGOTIATED);
    }

    @Override
    public byte[] withoutNegotiation(HttpServletRequest request) {
      return BYTES.clone();
    }
  }

  /** One whose jars are not all there. */
  public static final class Incomplete implements KeyingMaterialExporter {
    static {
      missing();
    }

    private static void missing() {
      throw new NoClassDefFoundError("org/bouncycastle/tls/TlsServerProtocol");
    }

    @Override
    public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
      return null;
    }
  }

  /** A web application's loader: its own Holdfast first, then the container's. */
  private static final class OfApplication extends URLClassLoader {
    OfApplication(Path services) throws IOException {
      super(
          new URL[] {
            HoldfastFilter.class.getProtectionDomain().getCodeSource().getLocation(),
            services.toUri().toURL()
          },
          ExporterServicesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if ((name.startsWith("dev.holdfast.")
              && !name.startsWith("dev.holdfast.servlet.exporter.Exporter"))
          || name.equals(ExporterServices.class.getName())) {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded == null ? findClass(name) : loaded;
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  private ClassLoader application(Class<?> connector) throws IOException {
    Path services = Files.createDirectories(lib.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(KeyingMaterialExporter.class.getName()),
        "# the connector's\n" + connector.getName() + " # and no other\n\n");
    return new OfApplication(lib);
  }

  private static List<?> found(ClassLoader application) throws Exception {
    var found =
        application
            .loadClass(ExporterServices.class.getName())
            .getDeclaredMethod("found", ClassLoader.class);
    found.setAccessible(true);
    return (List<?>) found.invoke(null, application);
  }

  @Test
  void theContainersConnectorAnswersTheApplicationsHoldfast_C66() throws Exception {
    ClassLoader application = application(Connector.class);
    Object exporter = found(application).get(0);
    Class<?> type = application.loadClass(KeyingMaterialExporter.class.getName());
    assertThat(type).isNotEqualTo(KeyingMaterialExporter.class);
    assertThat(type.isInstance(exporter)).isTrue();

    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                application,
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> null);
    Object material = type.getMethod("of", HttpServletRequest.class).invoke(exporter, request);
    assertThat(material)
        .isEqualTo(
            application
                .loadClass(ExportedKeyingMaterial.class.getName())
                .getConstructors()[0]
                .newInstance(BYTES, 2, agreement(application)));
    assertThat(
            (byte[])
                type.getMethod("withoutNegotiation", HttpServletRequest.class)
                    .invoke(exporter, request))
        .isEqualTo(BYTES);
  }

  private static Object agreement(ClassLoader application) throws Exception {
    return application.loadClass(Agreement.class.getName()).getEnumConstants()[0];
  }

  @Test
  void aConnectorWhoseClassesAreMissingIsNamed_C66() throws Exception {
    ClassLoader application = application(Incomplete.class);
    assertThatExceptionOfType(InvocationTargetException.class)
        .isThrownBy(() -> found(application))
        .havingCause()
        .withMessageContaining("holdfast.token-binding.source")
        .withMessageContaining(Incomplete.class.getName())
        .withMessageContaining("docs/tls-connector.md");
  }

  @Test
  void whatIsNoExporterIsNamed_C66() throws Exception {
    ClassLoader loader = application(ExporterServicesTest.class);
    assertThatExceptionOfType(InvocationTargetException.class)
        .isThrownBy(() -> found(loader))
        .havingCause()
        .withMessageContaining(ExporterServicesTest.class.getName());
  }

  @Test
  void oneCopyIsAskedDirectly() throws Exception {
    Path services = Files.createDirectories(lib.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(KeyingMaterialExporter.class.getName()), Connector.class.getName());
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {lib.toUri().toURL()}, ExporterServicesTest.class.getClassLoader())) {
      assertThat(ExporterServices.found(loader)).singleElement().isInstanceOf(Connector.class);
    }
  }
}
