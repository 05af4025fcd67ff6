package dev.holdfast.spring.webflux.verification;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** A field of Spring Security's that nothing public leads to. */
public final class HiddenField {
  private HiddenField() {}

  /**
   * The value of the only field of that type.
   *
   * @return null when there is no such field or more than one, it has no value, or it cannot be
   *     read
   */
  public static <T> @Nullable T read(Class<?> owner, Class<T> type, Object of) {
    Field found = null;
    for (Field field : owner.getDeclaredFields()) {
      if (field.getType() == type && !Modifier.isStatic(field.getModifiers())) {
        if (found != null) {
          return null;
        }
        found = field;
      }
    }
    return found == null ? null : value(found, type, of);
  }

  /** The value of the field of that name, null as above. */
  public static <T> @Nullable T read(Class<?> owner, String name, Class<T> type, Object of) {
    try {
      return value(owner.getDeclaredField(name), type, of);
    } catch (NoSuchFieldException unknownVersion) {
      return null;
    }
  }

  private static <T> @Nullable T value(Field field, Class<T> type, Object of) {
    try {
      field.setAccessible(true);
      Object value = field.get(of);
      return type.isInstance(value) ? type.cast(value) : null;
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }
}
