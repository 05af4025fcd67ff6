package dev.holdfast.configuration.sources;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.configuration.reading.NameChecks;
import dev.holdfast.configuration.reading.PropertyNames;
import dev.holdfast.configuration.reading.VariableNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where a filter that a container makes is configured: its init parameters, then system properties
 * that begin with {@code holdfast.}, then environment variables that begin with {@code HOLDFAST_},
 * then the file that {@code settings-file} names. The first of them that says a setting counts, and
 * a list counts as a whole. All settings of issuers come from one place, and all of rules; a secret
 * of an issuer may come from another. The name of a secret with {@code -file} has the path of a
 * file that holds it.
 *
 * <p>All but the init parameters are there for every filter of the process: what belongs to the
 * other filter is passed over there.
 */
public final class SettingsSources {
  private static final String PREFIX = "holdfast.";

  /** What this project's own build sets in the process that its tests run in. */
  private static final List<String> OF_THE_BUILD =
      List.of("outside-vectors", "fuzz-duration", "soak-seconds", "half-open");

  private final List<SettingsSource> sources;
  private final SourceReport report;

  private SettingsSources(List<SettingsSource> sources, SourceReport report) {
    this.sources = sources;
    this.report = report;
  }

  /**
   * Those of this process.
   *
   * @param initParameters with and without {@code holdfast.}
   * @param contextParameters the names of the init parameters of the whole application, where no
   *     setting is read
   * @throws InvalidSettingException with a text that says what to do
   */
  public static SettingsSources of(
      Map<String, String> initParameters, Iterable<String> contextParameters) {
    contextParameters.forEach(MissedNames::refuseContextParameter);
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
        new SettingsSource("the init parameters", false, withoutPrefix(initParameters));
    SettingsSource properties =
        new SettingsSource("the system properties", true, ofHoldfast(systemProperties));
    SettingsSource variables =
        new SettingsSource("the environment", true, ofVariables(environment));
    List<SettingsSource> written = List.of(parameters, properties, variables);
    SourceReport report = new SourceReport();
    String file = null;
    String namedBy = null;
    for (SettingsSource source : written) {
      String named = source.values().remove(SettingsFile.SETTING);
      if (named != null && namedBy != null) {
        report.pass(source.text(), SettingsFile.SETTING, namedBy);
      } else if (named != null) {
        file = named;
        namedBy = source.text();
      }
    }
    return new SettingsSources(file == null ? written : withFile(written, file), report);
  }

  private static List<SettingsSource> withFile(List<SettingsSource> written, String file) {
    List<SettingsSource> all = new ArrayList<>(written);
    all.add(new SettingsSource("the file " + file.trim(), true, of(file)));
    return all;
  }

  /** What the filter for access tokens is to read; the names are without {@code holdfast.}. */
  public Map<String, String> forTokens() {
    return merged("access tokens", name -> !PropertyNames.isOfCookies(name));
  }

  /** What the filter for cookies is to read; the names are without {@code holdfast.}. */
  public Map<String, String> forCookies() {
    return merged("cookies", name -> !CookieSettingsReader.isOfTokens(name));
  }

  private static Map<String, String> of(String file) {
    Map<String, String> values = withoutPrefix(SettingsFile.read(file));
    if (values.containsKey(SettingsFile.SETTING)) {
      throw FlatProperties.invalid(
          SettingsFile.SETTING, "it stands in a settings file", "Write all settings into one file");
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
          MissedNames.refuseProperty(name);
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
          MissedNames.refuseVariable(variable);
          String name =
              VariableNames.propertyOf(variable, SecretFiles.shapesWith(SettingsFile.SETTING));
          if (name != null && own.put(name, value) != null) {
            throw new InvalidSettingException(
                variable, "another variable sets " + PREFIX + name + " too", "Keep one of the two");
          }
        });
    return own;
  }

  private Map<String, String> merged(String filter, Predicate<String> isOwn) {
    for (SettingsSource source : sources) {
      source
          .values()
          .forEach((name, value) -> NameChecks.requireOfSome(SecretFiles.settingOf(name), value));
    }
    List<SettingsSource> own = sources.stream().map(source -> source.withOnly(isOwn)).toList();
    RecordLists.requireOnePlace(own);
    Map<String, String> merged = new LinkedHashMap<>();
    Map<String, String> saidBy = new HashMap<>();
    for (SettingsSource source : own) {
      merged.putAll(SecretFiles.read(counting(source, saidBy)));
    }
    report.log(filter);
    return merged;
  }

  /** What an earlier place has does not count here, and the file that it names is not read. */
  private Map<String, String> counting(SettingsSource source, Map<String, String> saidBy) {
    Map<String, String> counting = new TreeMap<>();
    source
        .values()
        .forEach(
            (name, value) -> {
              String whole = wholeList(SecretFiles.settingOf(name));
              String before = saidBy.putIfAbsent(whole, source.text());
              if (before == null || before.equals(source.text())) {
                report.use(source.text(), whole);
                counting.put(name, value);
              } else {
                report.pass(source.text(), whole, before);
              }
            });
    return counting;
  }

  /** The name of the list that this is an element of, or the name itself. */
  private static String wholeList(String name) {
    Optional<Row> row = PropertyNames.row(name);
    return row.isPresent() && row.get().isList() && name.endsWith("]")
        ? name.substring(0, name.lastIndexOf('['))
        : name;
  }
}
