package dev.holdfast.servlet.exporter;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The implementations of {@link KeyingMaterialExporter} that a class loader finds. A connector in
 * the container's {@code lib} implements the interface of the container's copy of Holdfast, and not
 * that of an application which brings its own: {@link java.util.ServiceLoader} fails there, and
 * this asks it through the types of the JDK.
 */
public final class ExporterServices {
  private static final String FILE = "META-INF/services/" + KeyingMaterialExporter.class.getName();

  private ExporterServices() {}

  /** In the order of the files and their lines. */
  public static List<KeyingMaterialExporter> found(ClassLoader loader) {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (URL file : Collections.list(loader.getResources(FILE))) {
        names.addAll(names(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<KeyingMaterialExporter> exporters = new ArrayList<>();
    for (String name : names) {
      exporters.add(exporter(name, loader));
    }
    return exporters;
  }

  private static List<String> names(URL file) throws IOException {
    var connection = file.openConnection();
    connection.setUseCaches(false); // or the jar stays open after the application is gone
    List<String> names = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line.split("#", 2)[0].trim();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static KeyingMaterialExporter exporter(String name, ClassLoader loader) {
    try {
      Object made = Class.forName(name, true, loader).getConstructor().newInstance();
      return made instanceof KeyingMaterialExporter own ? own : ForeignExporter.of(made);
    } catch (ReflectiveOperationException | LinkageError unusable) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              "holdfast.token-binding.source",
              "tls is set, and the connector's class " + name + " cannot be used: " + unusable,
              "Put all jars that docs/tls-connector.md lists beside the connector, in one version");
      invalid.initCause(unusable);
      throw invalid;
    }
  }
}
