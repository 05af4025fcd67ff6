package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of environment variables that set something, such as {@code
 * HOLDFAST_TOKENS_ISSUERS_0_AUDIENCES}. The dashes of a property's name are left out, as Spring
 * Boot documents it, or all of them are underscores, which it takes as well.
 */
public final class VariableNames {
  private static final String START = "HOLDFAST_";

  /** Kubernetes' service variables, and what this project's own build sets. */
  private static final Pattern FREE =
      Pattern.compile("HOLDFAST_(REQUIRE_.+|(.+_)?(SERVICE_.+|PORT(_.+)?))");

  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,3}");

  private VariableNames() {}

  /**
   * The property that a variable sets, with its indexes; null for one that has nothing to do with
   * Holdfast.
   *
   * @throws InvalidSettingException when it begins like one and is none, with the nearest name if
   *     one is near
   */
  public static @Nullable String propertyOf(String variable) {
    return propertyOf(variable, PropertyNames.shapes());
  }

  /**
   * The same, for an edge that knows other names too.
   *
   * @param shapes every name, with {@code []} for each index
   */
  public static @Nullable String propertyOf(String variable, List<String> shapes) {
    if (!variable.toUpperCase(Locale.ROOT).startsWith(START)) {
      return null;
    }
    String found = find(variable, shapes);
    if (found != null || isFree(variable)) {
      return found;
    }
    String compact = compact(variable);
    throw new InvalidSettingException(
        variable,
        "there is no such setting",
        PropertyNames.nearest(compact, VariableNames::withoutDashes)
            .map(
                near -> "The nearest is " + variableFor(near, variable) + ", for " + property(near))
            .orElse(PropertyNames.SEE_README));
  }

  /** The property of a name that begins with {@code HOLDFAST_}; null when there is none. */
  public static @Nullable String find(String variable, List<String> shapes) {
    String compact = compact(variable);
    for (String shape : shapes) {
      if (compact.equals(withoutDashes(shape)) || numbered(variable).equals(underscored(shape))) {
        return withNumbers(shape, variable, "[", "]");
      }
    }
    return null;
  }

  /** Whether Kubernetes or this project's own build sets it. */
  public static boolean isFree(String variable) {
    return FREE.matcher(variable).matches();
  }

  /** The variable that sets this property. */
  public static String variableOf(String name) {
    String written = withoutDashes(name).replace("[", "_").replace("]", "").replace('.', '_');
    return START + written.toUpperCase(Locale.ROOT);
  }

  private static String variableFor(String shape, String written) {
    String name = withoutDashes(shape).toUpperCase(Locale.ROOT).replace('.', '_');
    return START + withNumbers(name, written, "_", "");
  }

  private static String property(String shape) {
    return "holdfast." + shape;
  }

  /** {@code HOLDFAST_RULES_0_HTTPMETHODS} as {@code rules[].httpmethods}. */
  private static String compact(String variable) {
    StringBuilder shape = new StringBuilder();
    for (String part : variable.substring(START.length()).split("_", -1)) {
      if (NUMBER.matcher(part).matches()) {
        shape.append("[]");
      } else {
        shape.append(shape.length() == 0 ? "" : ".").append(part.toLowerCase(Locale.ROOT));
      }
    }
    return shape.toString();
  }

  private static String withoutDashes(String shape) {
    return shape.replace("-", "");
  }

  /** The variable with {@code []} for each number. */
  private static String numbered(String variable) {
    List<String> parts = new ArrayList<>();
    for (String part : variable.split("_", -1)) {
      parts.add(NUMBER.matcher(part).matches() ? "[]" : part);
    }
    return String.join("_", parts);
  }

  private static String underscored(String shape) {
    return START
        + shape.toUpperCase(Locale.ROOT).replace("[]", "_[]").replace('.', '_').replace('-', '_');
  }

  /** Each {@code []} with the next of the variable's numbers; 0 where it has no more. */
  private static String withNumbers(String shape, String variable, String before, String after) {
    String name = shape;
    for (String part : variable.split("_", -1)) {
      if (NUMBER.matcher(part).matches()) {
        name = name.replaceFirst("\\[]", before + part + after);
      }
    }
    return name.replace("[]", before + 0 + after);
  }
}
