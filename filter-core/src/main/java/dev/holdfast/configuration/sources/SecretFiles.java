package dev.holdfast.configuration.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.reading.PropertyNames;
import dev.holdfast.internal.ElementText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
 * names the file that holds {@code dpop.nonce-secret}, in one line. One line break at the end does
 * not belong to it.
 */
final class SecretFiles {
  private static final String SUFFIX = "-file";
  private static final long MOST_BYTES = 64L << 10;
  private static final Pattern LAST_BREAK = Pattern.compile("\\r?\\n\\z");

  private static final Pattern SECRET =
      Pattern.compile(
          "(.*[.-])?(secrets?|secret-header\\.value|(push|poll)-authorization)"
              + "|redis\\.(uri|sentinel-password)"
              + "|tokens\\.cache\\.(redis-uri|encryption-key)");

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

  /** Whether this setting, which is no file's name, must not be seen. */
  static boolean isSecret(String setting) {
    String shape = PropertyNames.shape(setting);
    return SECRETS.stream().anyMatch(secret -> shape.equals(secret) || shape.equals(secret + "[]"));
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
    Path path = WrittenPath.of(name, file, "/run/secrets/name");
    try {
      if (Files.isRegularFile(path) && Files.size(path) > MOST_BYTES) {
        throw unusable(name, file, "it has more than 64 KiB", null);
      }
      String secret = LAST_BREAK.matcher(Files.readString(path, UTF_8)).replaceFirst("");
      String problem = problem(name, secret);
      if (problem != null) {
        throw unusable(name, file, problem, null);
      }
      return secret;
    } catch (CharacterCodingException binary) {
      throw unusable(name, file, "it is no text in UTF-8", binary);
    } catch (IOException unreadable) {
      throw unusable(name, file, "it cannot be read", unreadable);
    }
  }

  /** What would make another secret of it than the one in the file. Null when nothing does. */
  private static @Nullable String problem(String name, String secret) {
    if (secret.isBlank()) {
      return "it is empty";
    }
    if (ElementText.problem(secret) != null) {
      return "it has several lines, or a control or invisible character";
    }
    if (!secret.equals(secret.trim())) {
      return "the secret begins or ends with a blank";
    }
    boolean isOfList = PropertyNames.row(settingOf(name)).filter(Row::isList).isPresent();
    return isOfList && secret.indexOf(',') >= 0
        ? "it has a comma, which separates the secrets of a list"
        : null;
  }

  static InvalidSettingException unusable(
      String name, String file, String problem, @Nullable Exception cause) {
    InvalidSettingException exception =
        FlatProperties.invalid(
            name,
            "the file \"" + file + "\": " + problem,
            "Name a file that holds one secret alone, in one line");
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
