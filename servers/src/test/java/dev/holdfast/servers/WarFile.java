package dev.holdfast.servers;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import dev.holdfast.servers.application.Endpoints;
import dev.holdfast.servlet.HoldfastFilter;
import dev.holdfast.testing.contract.SeenRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http2.H2Error;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import tools.jackson.core.JsonParser;

/** Writes WARs: Holdfast and what it needs in {@code WEB-INF/lib}, the application in classes. */
final class WarFile {
  /** A class of each library that Holdfast brings. */
  private static final List<Class<?>> LIBRARIES =
      List.of(
          HoldfastFilter.class,
          JWSHeader.class,
          Caffeine.class,
          JsonParser.class,
          HttpClient.class,
          HttpRequest.class,
          H2Error.class,
          Logger.class,
          NullMarked.class);

  private WarFile() {}

  /** Writes one with the application's classes whose names begin so, and this descriptor. */
  static Path write(Path file, String webXml, List<String> classes) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, "WEB-INF/web.xml", webXml.getBytes(StandardCharsets.UTF_8));
      for (Class<?> owner : List.of(Endpoints.class, SeenRequest.class)) {
        addClasses(zip, owner, classes);
      }
      for (Class<?> library : LIBRARIES) {
        Path source = source(library);
        String name = Files.isDirectory(source) ? "holdfast.jar" : source.getFileName().toString();
        add(
            zip,
            "WEB-INF/lib/" + name,
            Files.isDirectory(source) ? jar(source) : Files.readAllBytes(source));
      }
    }
    return file;
  }

  private static void addClasses(ZipOutputStream zip, Class<?> owner, List<String> names)
      throws IOException {
    String room = owner.getPackageName().replace('.', '/');
    Path source = source(owner);
    if (Files.isDirectory(source)) {
      addClasses(zip, source.resolve(room), room, names);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(source, Map.of())) {
        addClasses(zip, jar.getPath(room), room, names);
      }
    }
  }

  private static void addClasses(
      ZipOutputStream zip, Path directory, String room, List<String> names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (names.stream().anyMatch(each -> name.matches(each + "(\\$.*)?\\.class"))) {
          add(zip, "WEB-INF/classes/" + room + '/' + name, Files.readAllBytes(file));
        }
      }
    }
  }

  /** Where the build has not packed it yet. */
  private static byte[] jar(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(
            zip,
            directory.relativize(file).toString().replace('\\', '/'),
            Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  private static Path source(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
