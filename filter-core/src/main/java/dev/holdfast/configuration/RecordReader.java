package dev.holdfast.configuration;

import dev.holdfast.configuration.Words.Spelling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from flat text properties: each component by its {@link Setting}, each record in a
 * record below its name. A group with a text that must be written is null where nothing of it is.
 */
public final class RecordReader {
  private final FlatProperties properties;
  private final Spelling spelling;
  private final IssuerTrustReader trust;

  public RecordReader(FlatProperties properties, Spelling spelling, IssuerTrustReader trust) {
    this.properties = properties;
    this.spelling = spelling;
    this.trust = trust;
  }

  /** The record where nothing is written. */
  public static <T extends Record> T defaults(Class<T> type) {
    return new RecordReader(
            new FlatProperties(Map.of()), Spelling.EXACT, (issuer, bundle, certificates) -> null)
        .read(type, "");
  }

  /** The default of one duration. */
  public static Duration defaultDuration(Class<? extends Record> type, String name) {
    for (Row row : Row.of(type, "")) {
      if (row.name().equals(name) && row.defaultValue() instanceof Duration duration) {
        return duration;
      }
    }
    throw new IllegalStateException("no default is declared for " + name);
  }

  /**
   * Reads a record.
   *
   * @param prefix what the names of its settings begin with, without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what to do
   */
  public <T extends Record> T read(Class<T> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      if (components[i].isAnnotationPresent(Setting.OfEdge.class)) {
        continue;
      }
      Class<?> group = Row.group(components[i]);
      values[i] =
          group == null
              ? value(new Row(Row.nameOf(prefix, components[i]), components[i]), prefix)
              : group(prefix, components[i], group.asSubclass(Record.class));
    }
    return make(type, components, values);
  }

  private @Nullable Object group(
      String prefix, RecordComponent component, Class<? extends Record> type) {
    String below = Row.below(prefix, component, "");
    if (Collection.class.isAssignableFrom(component.getType())) {
      List<Record> elements = new ArrayList<>();
      for (int i = 0; i < properties.count(Row.nameOf(prefix, component)); i++) {
        elements.add(read(type, Row.below(prefix, component, "[" + i + "]")));
      }
      return elements;
    }
    return hasRequired(type) && !properties.hasAny(below) ? null : read(type, below);
  }

  private static boolean hasRequired(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> new Row("", component).isRequired());
  }

  private @Nullable Object value(Row row, String prefix) {
    if (row.type() == IssuerTls.class) {
      return trust.of(
          "holdfast." + withoutDot(prefix),
          properties.text(prefix + "ssl-bundle"),
          properties.text(row.name()));
    }
    if (row.isList()) {
      return list(row);
    }
    String text =
        row.isRequired()
            ? properties.requiredText(
                row.name(),
                "Set it, or remove all other settings under holdfast." + withoutDot(prefix))
            : properties.text(row.name());
    return text == null ? row.defaultValue() : row.read(row.name(), text, spelling);
  }

  private static String withoutDot(String prefix) {
    return prefix.substring(0, prefix.length() - 1);
  }

  private Collection<?> list(Row row) {
    Set<Object> values = new LinkedHashSet<>();
    for (String text : properties.texts(row.name())) {
      values.add(row.read(row.name(), text, spelling));
    }
    if (values.isEmpty() && row.defaultValue() instanceof Collection<?> others) {
      values.addAll(others);
    }
    return row.component().getType() == List.class ? List.copyOf(values) : values;
  }

  private static <T extends Record> T make(
      Class<T> type, RecordComponent[] components, @Nullable Object[] values) {
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What the component holds. */
  public static @Nullable Object valueOf(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
