package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTrustReader;
import dev.holdfast.configuration.ListChecks;
import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.Words.Spelling;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads settings from flat text properties: system properties, init parameters, a properties file.
 *
 * <p>Lists are comma-separated or indexed from {@code [0]} on; durations are {@code 500ms}, {@code
 * 5s}, {@code 1m}, {@code 2h}, ISO 8601 such as {@code PT5S}, or a bare number of milliseconds. A
 * name that is unknown, a value that cannot be read, and a setting that this version does not have
 * yet are refused: nothing that was meant to protect is ignored.
 */
public final class SettingsReader {
  private static final String PREFIX = "holdfast.";

  /** Whom to trust, as an edge without Spring Boot reads it. */
  public static final IssuerTrustReader PEM_FILE =
      (issuer, bundle, certificates) ->
          certificates == null
              ? null
              : TrustedCertificates.read(issuer + ".trusted-certificates", certificates);

  private SettingsReader() {}

  /**
   * Reads what begins with {@code holdfast.}, and looks at nothing else.
   *
   * @throws InvalidSettingException with a text that says what to do
   */
  public static HoldfastSettings read(Map<String, String> properties) {
    Map<String, String> own = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.equals(EmptyNames.ROOT)) {
            throw EmptyNames.root(name);
          }
          if (name.startsWith(PREFIX)) {
            own.put(name.substring(PREFIX.length()), value);
          }
        });
    return settings(own);
  }

  /**
   * Reads everything; the names may come with and without {@code holdfast.}.
   *
   * @throws InvalidSettingException with a text that says what to do
   */
  public static HoldfastSettings readInitParameters(Map<String, String> parameters) {
    Map<String, String> own = new HashMap<>();
    parameters.forEach(
        (name, value) -> {
          String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
          if (own.put(bare, value) != null) {
            throw FlatProperties.invalid(
                bare, "it is set with and without \"holdfast.\"", "Keep one of the two");
          }
        });
    return settings(own);
  }

  /**
   * Refuses a name that nobody knows, and one that asks for what this version does not have: for
   * the Spring starter, which has some of its own.
   *
   * @param name with or without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what to do
   */
  public static void requireKnown(String name, String value) {
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    if (bare.startsWith("cors.")) {
      throw new InvalidSettingException(
          PREFIX + bare,
          "it is a setting of the servlet filter, and this is Spring",
          "Use http.cors(...) and a CorsConfigurationSource, as docs/dpop.md shows");
    }
    if (!PropertyNames.isOfSpring(bare)) {
      NameChecks.require(bare, value);
    }
  }

  /**
   * Refuses {@code holdfast} and {@code holdfast.}, which are no settings, and a list or a section
   * that is empty: for an edge that takes other spellings too, before {@link #nameOf}.
   *
   * @param name with {@code holdfast.}, or {@code holdfast} alone
   * @throws InvalidSettingException with a text that says what to do
   */
  public static void requireNoEmptyName(String name, String value) {
    if (name.equals(EmptyNames.ROOT) || name.equals(PREFIX)) {
      throw EmptyNames.root(name);
    }
    EmptyNames.refuseSection(name.substring(PREFIX.length()), value);
  }

  /**
   * The property that an environment variable sets, for an edge that takes settings from the
   * environment: {@code HOLDFAST_TOKENS_ISSUERS_0_AUDIENCES} sets {@code
   * holdfast.tokens.issuers[0].audiences}. Empty for a variable that does not begin with {@code
   * HOLDFAST_}, for Kubernetes' service variables and for {@code HOLDFAST_REQUIRE_…}.
   *
   * @throws InvalidSettingException with the nearest name when it begins with {@code HOLDFAST_} and
   *     sets nothing
   */
  public static Optional<String> propertyOfVariable(String variable) {
    return Optional.ofNullable(VariableNames.propertyOf(variable)).map(PREFIX::concat);
  }

  /**
   * The name of a setting as this class spells it, for an edge that takes other spellings too: the
   * letter case, dashes and underscores within a part of the name do not matter.
   *
   * @param name with {@code holdfast.}
   * @throws InvalidSettingException with the nearest name when there is no such setting
   */
  public static String nameOf(String name) {
    return PREFIX + NameChecks.ofAnySpelling(name.substring(PREFIX.length()));
  }

  /**
   * Refuses a value that is blank or has a blank element, a number or a duration that is none or
   * out of its bounds, and a word that is none of those that the setting takes, whatever else is
   * wrong: for an edge that looks at all that was written before it calls {@link #readInSpring}.
   *
   * @param name with or without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what was read and what to write
   */
  public static void requireReadable(String name, String value) {
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    FlatProperties one = FlatProperties.ofText(Map.of(bare, value));
    Optional<Row> row = PropertyNames.row(bare);
    if (PropertyNames.isList(bare)) {
      for (String element : one.texts(bare)) {
        row.ifPresent(list -> requireReadable(list, bare, element));
      }
    } else {
      one.text(bare);
      if (row.isPresent()) {
        if (row.get().isList()) {
          ListChecks.requireOne(bare, value.trim());
        }
        requireReadable(row.get(), bare, value.trim());
      }
    }
  }

  private static void requireReadable(Row row, String name, String text) {
    if (row.words() != null || row.numbers() != null || row.times() != null) {
      row.read(name, text, Spelling.RELAXED);
    }
  }

  /**
   * Reads settings as Spring Boot spells values, for an edge that has looked at names and values
   * before.
   *
   * @param record such as {@link HoldfastSettings} or {@link SpringSettings}
   * @param prefix what the names of its settings begin with after {@code holdfast.}, such as {@code
   *     token-binding.}; empty for those two
   * @param properties as {@link #nameOf} spells them, placeholders replaced
   * @throws InvalidSettingException with a text that says what to do
   */
  public static <T extends Record> T readInSpring(
      Class<T> record, String prefix, Map<String, String> properties, IssuerTrustReader trust) {
    Map<String, String> own = new HashMap<>();
    properties.forEach((name, value) -> own.put(name.substring(PREFIX.length()), value));
    return new RecordReader(new FlatProperties(own), Spelling.RELAXED, trust).read(record, prefix);
  }

  /** The name of every setting, with {@code holdfast.} and with {@code []} for each index. */
  public static List<String> names() {
    return PropertyNames.shapes().stream().map(PREFIX::concat).toList();
  }

  private static HoldfastSettings settings(Map<String, String> own) {
    own.forEach(NameChecks::require);
    return new RecordReader(FlatProperties.ofText(own), Spelling.EXACT, PEM_FILE)
        .read(HoldfastSettings.class, "");
  }
}
