package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Row;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that stand in files, as Docker and Kubernetes mount them: {@code dpop.nonce-secret-file}
 * names the file that holds {@code dpop.nonce-secret}. A line break at the end does not belong to
 * it.
 */
final class SecretFiles {
  private static final String SUFFIX = "-file";
  private static final long MOST_BYTES = 64L << 10;

  private static final Pattern SECRET =
      Pattern.compile("(.*[.-])?(secrets?|secret-header\\.value)|redis\\.uri");

  /** What must not be seen, with {@code []} for each index. */
  private static final List<String> SECRETS =
      PropertyNames.rows().stream()
          .map(Row::name)
          .filter(name -> SECRET.matcher(name).matches())
          .toList();

  private SecretFiles() {}

  /** Every name that may be written, that of each secret's file and this one included. */
  static List<String> shapesWith(String another) {
    return Stream.of(
            PropertyNames.shapes().stream(),
            SECRETS.stream().map(SecretFiles::fileOf),
            SECRETS.stream().filter(SecretFiles::isList).map(name -> fileOf(name) + "[]"),
            Stream.of(another))
        .flatMap(names -> names)
        .toList();
  }

  /** The setting that a name is about: of a file's name, the secret in it. */
  static String settingOf(String name) {
    for (String secret : SECRETS) {
      String shape = PropertyNames.shape(name);
      if (shape.equals(fileOf(secret)) || (isList(secret) && shape.equals(fileOf(secret) + "[]"))) {
        int suffix = name.lastIndexOf(SUFFIX);
        return name.substring(0, suffix) + name.substring(suffix + SUFFIX.length());
      }
    }
    return name;
  }

  /**
   * The same with each secret in the place of its file's name.
   *
   * @throws InvalidSettingException when a secret is written beside its file, or a file cannot be
   *     read
   */
  static Map<String, String> read(Map<String, String> values) {
    Map<String, String> read = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          String setting = settingOf(name);
          if (setting.equals(name)) {
            put(read, name, value);
          } else if (isList(setting) && PropertyNames.isList(setting)) {
            List<String> files =
                List.copyOf(FlatProperties.ofText(Map.of(name, value)).texts(name));
            for (int i = 0; i < files.size(); i++) {
              put(read, setting + '[' + i + ']', content(name, files.get(i)));
            }
          } else {
            put(read, setting, content(name, value));
          }
        });
    return read;
  }

  private static void put(Map<String, String> read, String name, String value) {
    if (read.put(name, value) != null) {
      throw FlatProperties.invalid(
          name, "it is written itself, and as the name of a file", "Keep one of the two");
    }
  }

  private static String content(String name, String file) {
    try {
      Path path = Path.of(file.trim());
      if (Files.isRegularFile(path) && Files.size(path) > MOST_BYTES) {
        throw unusable(name, file, "it has more than 64 KiB", null);
      }
      String content = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
      if (content.isEmpty()) {
        throw unusable(name, file, "it is empty", null);
      }
      return content;
    } catch (CharacterCodingException binary) {
      throw unusable(name, file, "it is no text in UTF-8", binary);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw unusable(name, file, "it cannot be read", unreadable);
    }
  }

  static InvalidSettingException unusable(
      String name, String file, String problem, @Nullable Exception cause) {
    InvalidSettingException exception =
        FlatProperties.invalid(
            name,
            "the file \"" + file + "\": " + problem,
            "Name a file that holds the secret alone");
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  private static String fileOf(String secret) {
    return secret + SUFFIX;
  }

  private static boolean isList(String secret) {
    return PropertyNames.isList(secret);
  }
}
