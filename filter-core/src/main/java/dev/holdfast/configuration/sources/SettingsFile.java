package dev.holdfast.configuration.sources;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A properties file in UTF-8, in which each name stands once. */
final class SettingsFile {
  /** The setting that names the file, without {@code holdfast.}. */
  static final String SETTING = "settings-file";

  private SettingsFile() {}

  /**
   * What is written in it.
   *
   * @param file its path, as it was written
   * @throws InvalidSettingException when it cannot be read, or has a name twice
   */
  static Map<String, String> read(String file) {
    String setting = "holdfast." + SETTING;
    Path path = WrittenPath.of(SETTING, file, "/etc/holdfast.properties");
    Once found = new Once(setting, file);
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      found.load(withoutMark(reader));
    } catch (IOException | IllegalArgumentException unreadable) {
      InvalidSettingException exception =
          new InvalidSettingException(
              setting,
              "the file \"" + file + "\" cannot be read as properties in UTF-8",
              "Name a properties file, with its absolute path");
      exception.initCause(unreadable);
      throw exception;
    }
    if (found.isEmpty()) {
      throw new InvalidSettingException(
          setting,
          "the file \"" + file + "\" has no setting",
          "Write your settings into it, or remove its name");
    }
    Map<String, String> values = new HashMap<>();
    found.stringPropertyNames().forEach(key -> values.put(key, found.getProperty(key)));
    return values;
  }

  /** Without the byte order mark that some editors write. */
  private static Reader withoutMark(Reader reader) throws IOException {
    PushbackReader first = new PushbackReader(reader);
    int character = first.read();
    if (character >= 0 && character != '\uFEFF') {
      first.unread(character);
    }
    return first;
  }

  /** Java takes the last of two lines with one name; nobody could know which was meant. */
  private static final class Once extends Properties {
    private static final long serialVersionUID = 1L;
    private final String setting;
    private final String file;

    Once(String setting, String file) {
      this.setting = setting;
      this.file = file;
    }

    @Override
    public synchronized Object put(Object name, Object value) {
      if (containsKey(name)) {
        throw new InvalidSettingException(
            setting, "\"" + file + "\" has " + name + " twice", "Keep one of the two lines");
      }
      return super.put(name, value);
    }
  }
}
