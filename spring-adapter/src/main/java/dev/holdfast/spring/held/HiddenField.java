package dev.holdfast.spring.held;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** A field of Spring Security's that nothing public leads to. */
public final class HiddenField {
  private HiddenField() {}

  /**
   * What the first field of that very type holds, or null when there is none, or it cannot be read:
   * whoever asks has to do without it.
   */
  public static <T> @Nullable T read(Class<?> declaring, Class<T> type, Object holder) {
    try {
      for (Field field : declaring.getDeclaredFields()) {
        if (field.getType() == type) {
          field.setAccessible(true);
          return type.cast(field.get(holder));
        }
      }
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
    return null;
  }
}
