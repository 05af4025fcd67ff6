package dev.holdfast.examples.behindaproxy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy from the distribution's packages. */
enum Product {
  NGINX("nginx", List.of("nginx"), "nginx.conf") {
    @Override
    List<String> command(Path binary, Path directory) {
      return List.of(
          binary.toString(),
          "-p",
          directory.toString(),
          "-e",
          "stderr",
          "-c",
          directory.resolve("nginx.conf").toString(),
          "-g",
          "daemon off; master_process off;");
    }
  },
  APACHE("Apache httpd", List.of("apache2", "httpd"), "httpd.conf") {
    @Override
    List<String> command(Path binary, Path directory) {
      return List.of(
          binary.toString(),
          "-d",
          directory.toString(),
          "-f",
          directory.resolve("httpd.conf").toString(),
          "-D",
          "FOREGROUND");
    }
  },
  HAPROXY("HAProxy", List.of("haproxy"), "haproxy.cfg") {
    @Override
    List<String> command(Path binary, Path directory) {
      return List.of(binary.toString(), "-db", "-f", directory.resolve("haproxy.cfg").toString());
    }
  },
  CADDY("Caddy", List.of("caddy"), "Caddyfile") {
    @Override
    List<String> command(Path binary, Path directory) {
      return List.of(
          binary.toString(),
          "run",
          "--config",
          directory.resolve("Caddyfile").toString(),
          "--adapter",
          "caddyfile");
    }
  };

  /** Where Debian, Alpine and Fedora put httpd's modules. */
  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/apache2/modules"),
          Path.of("/usr/lib64/httpd/modules"),
          Path.of("/usr/lib/apache2"));

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> binaries;

  private final String template;

  Product(String title, List<String> binaries, String template) {
    this.title = title;
    this.binaries = binaries;
    this.template = template;
  }

  /** How it is started in the foreground, with its configuration in the directory. */
  abstract List<String> command(Path binary, Path directory);

  /** The product's name for people. */
  String title() {
    return title;
  }

  /** The name of the configuration's file. */
  String template() {
    return template;
  }

  /** The argument that means it, and {@code holdfast.certificate.header.format}. */
  String format() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Product> named(String argument) {
    return Stream.of(values()).filter(product -> product.format().equals(argument)).findFirst();
  }

  /** The program, on the path or where system programs are; empty when it is not installed. */
  Optional<Path> binary() {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(directory -> binaries.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where httpd's modules are. */
  static Path modules() {
    return MODULES.stream().filter(Files::isDirectory).findFirst().orElse(MODULES.get(0));
  }
}
