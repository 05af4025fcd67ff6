package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a filter that a container makes is configured: its init parameters, then system properties
 * that begin with {@code holdfast.}, then environment variables that begin with {@code HOLDFAST_},
 * then the file that {@code settings-file} names. The first of them that says a setting counts, and
 * a list counts as a whole. Beside a secret's name with {@code -file} stands the path of a file
 * that holds it.
 *
 * <p>All but the init parameters are there for every filter of the process: what belongs to the
 * other filter is passed over there.
 */
public final class SettingsSources {
  private static final String PREFIX = "holdfast.";
  private static final String SETTINGS_FILE = "settings-file";

  /** What this project's own build sets in the process that its tests run in. */
  private static final List<String> OF_THE_BUILD =
      List.of("outside-vectors", "fuzz-duration", "soak-seconds", "half-open");

  /** An issuer or a rule, with the list that it is in. */
  private static final Pattern ELEMENT = Pattern.compile("^([^\\[]*)\\[\\d+](?=\\.)");

  private record SettingsSource(String text, boolean isShared, Map<String, String> values) {}

  private final List<SettingsSource> sources;

  private SettingsSources(List<SettingsSource> sources) {
    this.sources = sources;
  }

  /**
   * Those of this process.
   *
   * @param initParameters with and without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what to do
   */
  public static SettingsSources of(Map<String, String> initParameters) {
    Map<String, String> properties =
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, "")));
    return of(initParameters, properties, System.getenv());
  }

  static SettingsSources of(
      Map<String, String> initParameters,
      Map<String, String> systemProperties,
      Map<String, String> environment) {
    SettingsSource parameters =
        new SettingsSource("an init parameter", false, withoutPrefix(initParameters));
    SettingsSource properties =
        new SettingsSource("a system property", true, ofHoldfast(systemProperties));
    SettingsSource variables =
        new SettingsSource("an environment variable", true, ofVariables(environment));
    List<SettingsSource> written = List.of(parameters, properties, variables);
    String file = null;
    for (SettingsSource source : written) {
      String named = source.values().remove(SETTINGS_FILE);
      file = file == null ? named : file;
    }
    return new SettingsSources(
        file == null
            ? written
            : List.of(
                parameters,
                properties,
                variables,
                new SettingsSource("the file " + file, true, of(file))));
  }

  /** What the filter for access tokens is to read; the names are without {@code holdfast.}. */
  public Map<String, String> forTokens() {
    return merged(name -> !PropertyNames.isOfCookies(name));
  }

  /** What the filter for cookies is to read; the names are without {@code holdfast.}. */
  public Map<String, String> forCookies() {
    return merged(name -> !CookieSettingsReader.isOfTokens(name));
  }

  private static Map<String, String> of(String file) {
    Map<String, String> values = withoutPrefix(SettingsFile.read(PREFIX + SETTINGS_FILE, file));
    if (values.containsKey(SETTINGS_FILE)) {
      throw FlatProperties.invalid(
          SETTINGS_FILE, "it stands in a settings file", "Write all settings into one file");
    }
    return values;
  }

  private static Map<String, String> withoutPrefix(Map<String, String> named) {
    Map<String, String> own = new TreeMap<>();
    named.forEach(
        (name, value) -> {
          String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
          if (own.put(bare, value) != null) {
            throw FlatProperties.invalid(
                bare, "it is set with and without \"holdfast.\"", "Keep one of the two");
          }
        });
    return own;
  }

  private static Map<String, String> ofHoldfast(Map<String, String> systemProperties) {
    Map<String, String> own = new TreeMap<>();
    systemProperties.forEach(
        (name, value) -> {
          if (name.equals(EmptyNames.ROOT)) {
            throw EmptyNames.root(name);
          }
          if (name.startsWith(PREFIX) && !OF_THE_BUILD.contains(name.substring(PREFIX.length()))) {
            own.put(name.substring(PREFIX.length()), value);
          }
        });
    return own;
  }

  private static Map<String, String> ofVariables(Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>(environment);
    Map<String, String> own = new TreeMap<>();
    variables.forEach(
        (variable, value) -> {
          String name = VariableNames.propertyOf(variable, SecretFiles.shapesWith(SETTINGS_FILE));
          if (name != null && own.put(name, value) != null) {
            throw new InvalidSettingException(
                variable, "another variable sets " + PREFIX + name + " too", "Keep one of the two");
          }
        });
    return own;
  }

  private Map<String, String> merged(Predicate<String> isOwn) {
    Map<String, String> merged = new LinkedHashMap<>();
    Map<String, String> saidBy = new HashMap<>();
    Map<String, Map<String, Set<String>>> elements = new TreeMap<>();
    for (SettingsSource source : sources) {
      Map<String, String> values = new TreeMap<>(source.values());
      if (source.isShared()) {
        values.keySet().removeIf(name -> !isOwn.test(SecretFiles.settingOf(name)));
      }
      SecretFiles.read(values)
          .forEach(
              (name, value) -> {
                noteElement(name, source.text(), elements);
                String whole = wholeList(name);
                String before = saidBy.putIfAbsent(whole, source.text());
                if (before == null || before.equals(source.text())) {
                  merged.put(name, value);
                } else {
                  requireNoElement(whole, before, source.text());
                }
              });
    }
    elements.forEach(SettingsSources::requireOnePlace);
    return merged;
  }

  private static void noteElement(
      String name, String source, Map<String, Map<String, Set<String>>> elements) {
    Matcher element = ELEMENT.matcher(name);
    if (element.find()) {
      elements
          .computeIfAbsent(element.group(1), list -> new LinkedHashMap<>())
          .computeIfAbsent(source, place -> new TreeSet<>())
          .add(element.group());
    }
  }

  /** Nobody who reads the rules of one place expects one more from another. */
  private static void requireOnePlace(String list, Map<String, Set<String>> elements) {
    Set<String> all = new TreeSet<>();
    elements.values().forEach(all::addAll);
    if (!elements.containsValue(all)) {
      throw FlatProperties.invalid(
          list,
          "its elements are written in several places: " + String.join(", ", elements.keySet()),
          "Write all of them in one place. Another place may add settings to an element, and no"
              + " element");
    }
  }

  /** The name of the list that this is an element of, or the name itself. */
  private static String wholeList(String name) {
    Optional<Row> row = PropertyNames.row(name);
    return row.isPresent() && row.get().isList() && name.endsWith("]")
        ? name.substring(0, name.lastIndexOf('['))
        : name;
  }

  /** An issuer of one place with the keys of another place's issuer would be nobody's. */
  private static void requireNoElement(String name, String before, String source) {
    if (name.indexOf('[') >= 0) {
      throw FlatProperties.invalid(
          name,
          "it is written in " + before + " and in " + source,
          "Write it in one place. The settings of one element may come from several places, but"
              + " none of them from two");
    }
  }
}
