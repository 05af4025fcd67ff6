package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.Ranges;
import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.Setting;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses numbers and durations that no edge could have read: for settings made in code. */
public final class RangeChecks {
  private RangeChecks() {}

  public static void check(HoldfastSettings settings) {
    check(settings, "");
  }

  private static void check(Record settings, String prefix) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      if (component.isAnnotationPresent(Setting.OfEdge.class)) {
        continue;
      }
      Object value = RecordReader.valueOf(settings, component);
      if (Row.group(component) == null) {
        check(new Row(Row.nameOf(prefix, component), component), value);
      } else if (value instanceof List<?> elements) {
        for (int i = 0; i < elements.size(); i++) {
          check((Record) elements.get(i), Row.below(prefix, component, "[" + i + "]"));
        }
      } else if (value instanceof Record group) {
        check(group, Row.below(prefix, component, ""));
      }
    }
  }

  private static void check(Row row, @Nullable Object value) {
    Ranges.Numbers numbers = row.numbers();
    Ranges.Times times = row.times();
    if (numbers != null) {
      numbers.read(row.name(), String.valueOf(value));
    } else if (times != null && value instanceof Duration duration) {
      times.require(row.name(), duration);
    }
  }
}
