package dev.holdfast.spring.webflux.verification.springs;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A field of Spring Security's that nothing public leads to. */
public final class HiddenField {
  private static final Map<Place, Optional<Field>> FOUND = new ConcurrentHashMap<>();

  private HiddenField() {}

  /** Where a field is: by its name, or by its type alone. */
  private record Place(Class<?> owner, @Nullable String name, Class<?> type) {}

  /**
   * The value of the only field of that type.
   *
   * @return null when there is no such field or more than one, it has no value, or it cannot be
   *     read
   */
  public static <T> @Nullable T read(Class<?> owner, Class<T> type, Object of) {
    return value(new Place(owner, null, type), type, of);
  }

  /** The value of the field of that name, null as above. */
  public static <T> @Nullable T read(Class<?> owner, String name, Class<T> type, Object of) {
    return value(new Place(owner, name, type), type, of);
  }

  private static <T> @Nullable T value(Place place, Class<T> type, Object of) {
    Field field = FOUND.computeIfAbsent(place, HiddenField::find).orElse(null);
    if (field == null) {
      return null;
    }
    try {
      Object value = field.get(of);
      return type.isInstance(value) ? type.cast(value) : null;
    } catch (IllegalAccessException | IllegalArgumentException hidden) {
      return null;
    }
  }

  private static Optional<Field> find(Place place) {
    try {
      List<Field> fields =
          Arrays.stream(place.owner().getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .filter(
                  field ->
                      place.name() == null
                          ? field.getType() == place.type()
                          : field.getName().equals(place.name()))
              .toList();
      if (fields.size() != 1) {
        return Optional.empty();
      }
      fields.get(0).setAccessible(true);
      return Optional.of(fields.get(0));
    } catch (RuntimeException hidden) {
      return Optional.empty();
    }
  }
}
