package dev.holdfast.configuration.sources;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** The path of a file that has settings or a secret. */
final class WrittenPath {
  private WrittenPath() {}

  /**
   * Reads it. A relative path would name another file wherever the process is started in another
   * directory.
   *
   * @param name the setting, without {@code holdfast.}
   * @param example what to write instead
   * @throws InvalidSettingException when it is blank or relative
   */
  static Path of(String name, String value, String example) {
    String text = FlatProperties.ofText(Map.of(name, value)).text(name);
    try {
      Path path = Path.of(String.valueOf(text));
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException noPath) {
      InvalidSettingException exception =
          FlatProperties.invalid(name, '"' + value + "\" is no path", "Write the path of a file");
      exception.initCause(noPath);
      throw exception;
    }
    throw FlatProperties.invalid(
        name,
        '"' + value + "\" is a relative path, which depends on the directory of the process",
        "Write the absolute path, such as " + example);
  }
}
