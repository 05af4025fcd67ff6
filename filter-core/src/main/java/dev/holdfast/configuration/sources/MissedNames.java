package dev.holdfast.configuration.sources;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.EmptyNames;
import dev.holdfast.configuration.reading.VariableNames;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that somebody wrote for Holdfast, in a spelling or in a place that it does not read. They
 * would set nothing, and nobody would notice.
 */
final class MissedNames {
  private static final Pattern LIKE_OURS =
      Pattern.compile("holdfast[._-].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final String PREFIX = "holdfast.";

  private MissedNames() {}

  /** Refuses a system property that is spelled like a variable, or in another letter case. */
  static void refuseProperty(String name) {
    if (name.equalsIgnoreCase(EmptyNames.ROOT)) {
      throw EmptyNames.root(name);
    }
    if (isMissed(name) && !name.startsWith(PREFIX) && !VariableNames.isFree(name)) {
      String meant = meant(name);
      throw new InvalidSettingException(
          name,
          "a system property of this name sets nothing",
          "Write the name of a setting, such as " + PREFIX + (meant == null ? "policy" : meant));
    }
  }

  /** Refuses an environment variable that is spelled like a property. */
  static void refuseVariable(String name) {
    if (isMissed(name) && name.charAt(EmptyNames.ROOT.length()) != '_') {
      String meant = meant(name);
      throw new InvalidSettingException(
          name,
          "an environment variable of this name sets nothing",
          "Write the variable of a setting, such as "
              + (meant == null ? "HOLDFAST_POLICY" : VariableNames.variableOf(meant)));
    }
  }

  /** Refuses a parameter of the whole application, which no filter reads. */
  static void refuseContextParameter(String name) {
    if (isMissed(name) || name.equalsIgnoreCase(EmptyNames.ROOT)) {
      throw new InvalidSettingException(
          name,
          "it is a <context-param>, an init parameter of the ServletContext, where Holdfast reads"
              + " no setting",
          "Write it as an <init-param> of the filter, or into one of the other places that"
              + " docs/servlet-containers.md lists");
    }
  }

  private static boolean isMissed(String name) {
    return LIKE_OURS.matcher(name).matches();
  }

  private static @Nullable String meant(String name) {
    String variable =
        name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "").toUpperCase(Locale.ROOT);
    return VariableNames.find(variable, SecretFiles.shapesWith(SettingsFile.SETTING));
  }
}
