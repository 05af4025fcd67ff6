package dev.holdfast.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A piece of Java in the documentation.
 *
 * @param page the page, from the directory of the repository on
 * @param line where it begins
 * @param text as it is printed, without the indentation of the whole
 */
record DocumentedSnippets(String page, int line, String text) {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^( *)```java\\R(.*?)^ *```", Pattern.DOTALL);
  private static final Pattern CLASS =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)");
  private static final Pattern METHOD =
      Pattern.compile("(?m)^(?:static )?[\\w<>.,]+ \\w+\\([^;]*?\\)(?: throws \\w+)? \\{$");

  /** Those of the README and of the pages in docs. */
  static List<DocumentedSnippets> all() {
    Path root = root();
    List<DocumentedSnippets> found = new ArrayList<>();
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      Stream.concat(Stream.of(root.resolve("README.md")), docs.sorted())
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".md"))
          .filter(file -> !file.endsWith("webflux.md")) // its module compiles them
          .forEach(file -> found.addAll(in(root.relativize(file).toString(), read(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("RATIONALE.md"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<DocumentedSnippets> in(String page, String text) {
    List<DocumentedSnippets> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      int line = (int) text.substring(0, block.start(2)).lines().count() + 1;
      String indentation = block.group(1);
      found.add(
          new DocumentedSnippets(
              page, line, block.group(2).replaceAll("(?m)^" + indentation, "").stripTrailing()));
    }
    return found;
  }

  /** The name of its class; null when it has none. */
  String className() {
    Matcher declared = CLASS.matcher(text);
    return declared.find() ? declared.group(1) : null;
  }

  /** Whether it says itself what it imports, and so is a whole file. */
  boolean isWholeFile() {
    return className() != null && text.startsWith("import ");
  }

  boolean hasMethods() {
    return METHOD.matcher(text).find();
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
