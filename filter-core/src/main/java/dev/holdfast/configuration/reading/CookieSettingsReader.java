package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.NearNames;
import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.Words.Spelling;
import dev.holdfast.configuration.settings.CookieSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads {@code cookies.*} from flat text properties, with the spellings of {@link SettingsReader}.
 * These are the settings of another filter than the one for access tokens, which knows none of them
 * and refuses them, so that nobody believes cookies to be bound that are not.
 */
public final class CookieSettingsReader {
  private static final String PREFIX = "holdfast.";
  private static final String COOKIES = "cookies.";

  /** The first parts of names that both filters know: where evidence comes from. */
  private static final Set<String> OF_BOTH = Set.of("certificate", "token-binding", "proxies");

  /** The first parts of names for which only the filter for access tokens has use. */
  private static final Set<String> OF_TOKENS = ofTokens();

  private static final int LEAST_TO_COMPARE = 8;
  private static final int MOST_OTHER_CHARACTERS = 2;

  private CookieSettingsReader() {}

  /**
   * What of these properties are settings of cookies; the names may come with and without {@code
   * holdfast.}.
   *
   * @throws InvalidSettingException with a text that says what to do
   */
  public static CookieSettings read(Map<String, String> properties) {
    Map<String, String> own = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          if (PropertyNames.isOfCookies(bare(name)) && own.put(bare(name), value) != null) {
            throw FlatProperties.invalid(
                bare(name), "it is set with and without \"holdfast.\"", "Keep one of the two");
          }
        });
    return new RecordReader(FlatProperties.ofText(own), Spelling.EXACT, SettingsReader.PEM_FILE)
        .read(CookieSettings.class, COOKIES);
  }

  /**
   * The properties that {@link #read} does not look at: where evidence comes from.
   *
   * @throws InvalidSettingException for a setting that only the filter for access tokens has
   */
  public static Map<String, String> others(Map<String, String> properties) {
    Map<String, String> others = new HashMap<>(properties);
    others.keySet().removeIf(name -> PropertyNames.isOfCookies(bare(name)));
    for (String name : others.keySet()) {
      if (isOfTokens(bare(name))) {
        throw FlatProperties.invalid(
            bare(name),
            "it is a setting of the filter that checks access tokens, and this one binds cookies",
            "Set it at dev.holdfast.servlet.HoldfastFilter, or remove it");
      }
    }
    return others;
  }

  /**
   * Refuses a name that the container's session cookie was meant by: its own in another letter
   * case, or with one or two other characters.
   *
   * @param names {@code cookies.names}, without the session cookie
   * @param sessionCookie the name of the container's session cookie, case-sensitive as all are
   * @throws InvalidSettingException with both names
   */
  public static void refuseSlip(Set<String> names, String sessionCookie) {
    for (String name : names) {
      if (isSlip(name, sessionCookie)) {
        throw new InvalidSettingException(
            PREFIX + "cookies.names",
            "\"" + name + "\" is not the session's cookie here, which is " + sessionCookie,
            "Write "
                + sessionCookie
                + ", or name both if the application has a cookie "
                + name
                + " of its own");
      }
    }
  }

  /** A short name is near to many that mean something else. */
  private static boolean isSlip(String name, String sessionCookie) {
    return name.equalsIgnoreCase(sessionCookie)
        || (sessionCookie.length() >= LEAST_TO_COMPARE
            && Math.abs(name.length() - sessionCookie.length()) <= MOST_OTHER_CHARACTERS
            && NearNames.nearest(
                    name.toLowerCase(Locale.ROOT),
                    List.of(sessionCookie.toLowerCase(Locale.ROOT)),
                    UnaryOperator.identity())
                .isPresent());
  }

  /** Whether only the filter for access tokens has use for it. */
  public static boolean isOfTokens(String name) {
    return OF_TOKENS.contains(firstPart(name));
  }

  private static Set<String> ofTokens() {
    return Row.of(HoldfastSettings.class, "").stream()
        .map(row -> firstPart(row.name()))
        .filter(part -> !OF_BOTH.contains(part))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String firstPart(String name) {
    return name.split("[.\\[]", 2)[0];
  }

  private static String bare(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }
}
