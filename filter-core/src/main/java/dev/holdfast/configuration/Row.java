package dev.holdfast.configuration;

import dev.holdfast.configuration.Words.Spelling;
import dev.holdfast.policy.PathPattern;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting, as its record component declares it.
 *
 * @param name without {@code holdfast.}, with {@code []} or a number for each index
 * @param component what holds it
 */
public record Row(String name, RecordComponent component) {

  /** Every setting of a record, and of the records in it, in the order of the components. */
  public static List<Row> of(Class<?> type, String prefix) {
    List<Row> rows = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> group = group(component);
      if (component.isAnnotationPresent(Setting.OfEdge.class)) {
        continue;
      }
      if (group == null) {
        rows.add(new Row(nameOf(prefix, component), component));
      } else {
        rows.addAll(of(group, below(prefix, component, "[]")));
      }
    }
    return rows;
  }

  /** The record of further settings that this component holds, or each of its elements; or null. */
  public static @Nullable Class<?> group(RecordComponent component) {
    Class<?> type = element(component);
    return type.isRecord() && type != RolesFrom.class ? type : null;
  }

  /** The name of the setting that this component holds. */
  public static String nameOf(String prefix, RecordComponent component) {
    return prefix + lastPart(component);
  }

  /** The prefix of the settings of a group. */
  public static String below(String prefix, RecordComponent component, String index) {
    if (component.isAnnotationPresent(Setting.Inline.class)) {
      return prefix;
    }
    return nameOf(prefix, component) + (isCollection(component) ? index : "") + '.';
  }

  private static String lastPart(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    return setting == null || setting.name().isEmpty()
        ? component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)
        : setting.name();
  }

  private static boolean isCollection(RecordComponent component) {
    return Collection.class.isAssignableFrom(component.getType());
  }

  private static Class<?> element(RecordComponent component) {
    return isCollection(component)
            && component.getGenericType() instanceof ParameterizedType collection
            && collection.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : component.getType();
  }

  /** Whether it holds several values, which may be written with commas. */
  public boolean isList() {
    return isCollection(component);
  }

  /** Whether it has to be written, where something else of its group is. */
  boolean isRequired() {
    return type() == String.class && !isList() && setting() == null;
  }

  /** The type of its value; of a list, that of one element. */
  public Class<?> type() {
    return element(component);
  }

  private @Nullable Setting setting() {
    return component.getAnnotation(Setting.class);
  }

  /** The default as people write it; empty where there is none. */
  public String defaultText() {
    Setting setting = setting();
    return setting == null ? "" : setting.value();
  }

  /** The value where nothing is written; null where there is none. */
  @Nullable Object defaultValue() {
    String text = defaultText();
    if (isList()) {
      return text.isEmpty()
          ? List.of()
          : Arrays.stream(text.split(",", -1)).map(one -> read(name, one, Spelling.EXACT)).toList();
    }
    return text.isEmpty() ? null : read(name, text, Spelling.EXACT);
  }

  /** The words that it takes; null where it takes others than words. */
  public @Nullable Words words() {
    Words words = Words.of(type());
    Setting setting = setting();
    return words == null || setting == null ? words : words.with(setting);
  }

  /** The bounds of a number; null where it is none. */
  public Ranges.@Nullable Numbers numbers() {
    return type() == int.class || type() == long.class ? Ranges.numbers(name, setting()) : null;
  }

  /** The bounds of a duration; null where it is none. */
  public Ranges.@Nullable Times times() {
    return type() == Duration.class ? Ranges.times(name, setting()) : null;
  }

  /**
   * Reads the text of a value, or of one element of a list.
   *
   * @param written the name as it was written, without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what to write
   */
  public Object read(String written, String text, Spelling spelling) {
    Ranges.Numbers numbers = numbers();
    if (numbers != null) {
      long number = numbers.read(written, text);
      return type() == int.class ? (Object) Math.toIntExact(number) : (Object) number;
    }
    Ranges.Times times = times();
    if (times != null) {
      return times.read(written, text);
    }
    Words words = words();
    if (words != null) {
      return words.read(written, text, spelling);
    }
    if (type() == PathPattern.class) {
      return path(written, text);
    }
    return type() == RolesFrom.class ? new RolesFrom(text) : text;
  }

  private static PathPattern path(String written, String text) {
    try {
      return PathPattern.parse(text);
    } catch (IllegalArgumentException unreadable) {
      throw FlatProperties.invalid(
          written,
          String.valueOf(unreadable.getMessage()),
          "Write paths such as /payments, /accounts/*/balance or /public/**");
    }
  }
}
