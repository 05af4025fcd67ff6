package dev.holdfast.servlet;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import dev.holdfast.httpsignature.HttpSignatures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;

/** A web application with a Holdfast of its own in {@code WEB-INF}, as a build lays it out. */
final class ExplodedWar {
  private ExplodedWar() {}

  /** Lays it out: the filter before every page, with these init parameters. */
  static Path in(Path directory, Map<String, String> parameters)
      throws IOException, URISyntaxException {
    Path lib = Files.createDirectories(directory.resolve("WEB-INF/lib"));
    for (Class<?> type :
        List.of(HoldfastFilter.class, Caffeine.class, JWSHeader.class, JsonParser.class)) {
      Path source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        copy(source, directory.resolve("WEB-INF/classes"));
      } else {
        Files.copy(source, lib.resolve(source.getFileName()));
      }
    }
    // a provider that this class path names has to be of the application's own Holdfast
    Path provider = Path.of(HttpSignatures.class.getResource("HttpSignatures.class").toURI());
    Path room = Path.of("WEB-INF", "classes", "dev", "holdfast", "httpsignature");
    copy(provider.getParent(), directory.resolve(room));
    StringBuilder settings = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            settings.append(
                "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                    .formatted(name, value)));
    Files.writeString(
        directory.resolve("WEB-INF/web.xml"),
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
          <filter>
            <filter-name>holdfast</filter-name>
            <filter-class>dev.holdfast.servlet.HoldfastFilter</filter-class>
            %s
            <async-supported>true</async-supported>
          </filter>
          <filter-mapping>
            <filter-name>holdfast</filter-name>
            <url-pattern>/*</url-pattern>
          </filter-mapping>
        </web-app>
        """
            .formatted(settings));
    return directory;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
