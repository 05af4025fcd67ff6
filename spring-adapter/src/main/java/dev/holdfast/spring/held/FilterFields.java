package dev.holdfast.spring.held;

import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.function.SingletonSupplier;

/**
 * What an object holds in its fields, the static ones of the application's classes included. A
 * field that may hold a filter and cannot be read is named: nobody can tell what is in it.
 */
public final class FilterFields {
  private static final List<Class<?>> LOOKED_FOR =
      Stream.concat(Stream.of(Filter.class, SecurityFilterChain.class), TokenReaders.TYPES.stream())
          .toList();
  private static final List<Class<?>> HOLDERS =
      List.of(Collection.class, Map.class, SingletonSupplier.class);

  private final List<Object> values = new ArrayList<>();
  private final List<UnseenFilterException> unread = new ArrayList<>();

  private FilterFields() {}

  public static FilterFields of(Object holder) {
    FilterFields fields = new FilterFields();
    for (Class<?> type = holder.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        boolean isWanted =
            !Modifier.isStatic(field.getModifiers()) || HeldObjects.isOfApplication(type);
        if (isWanted && !field.getType().isPrimitive()) {
          fields.read(field, holder);
        }
      }
    }
    return fields;
  }

  /** What the fields hold, and what a {@code SingletonSupplier} in a field gives. */
  public List<Object> values() {
    return values;
  }

  /** Why some of them could not be read. */
  public List<UnseenFilterException> unread() {
    return unread;
  }

  private void read(Field field, Object holder) {
    Object held;
    try {
      field.setAccessible(true);
      held = field.get(holder);
    } catch (ReflectiveOperationException | RuntimeException hidden) { // a module's secret
      if (mayHold(field.getGenericType())) {
        unread.add(new UnseenFilterException(name(field) + " cannot be read", hidden));
      }
      return;
    }
    try {
      Object content = content(field, held);
      if (content != null) {
        values.add(content);
      }
    } catch (RuntimeException | LinkageError failed) {
      String what = held instanceof SingletonSupplier ? " has a supplier that fails" : " fails";
      unread.add(new UnseenFilterException(name(field) + what, failed));
    }
  }

  private static String name(Field field) {
    return "its field \"" + field.getName() + '"';
  }

  /**
   * A singleton supplier gives the same value whenever it is asked, and any other one may do
   * anything. So may a collection that is none of the JDK's, unless it is declared as one of
   * filters.
   */
  private static @Nullable Object content(Field field, @Nullable Object held) {
    if (held instanceof SingletonSupplier<?> supplier) {
      return supplier.get();
    }
    if (held instanceof Collection<?> several && !HeldObjects.isPlain(held)) {
      return isOfFilters(ResolvableType.forField(field).as(Collection.class).getGeneric(0))
          ? new ArrayList<>(several)
          : held;
    }
    if (held instanceof Map<?, ?> map && !HeldObjects.isPlain(held)) {
      return isOfFilters(ResolvableType.forField(field).as(Map.class).getGeneric(1))
          ? new ArrayList<>(map.values())
          : held;
    }
    return held;
  }

  private static boolean isOfFilters(ResolvableType element) {
    Class<?> type = element.resolve(Object.class);
    return Filter.class.isAssignableFrom(type) || SecurityFilterChain.class.isAssignableFrom(type);
  }

  private static boolean mayHold(Type type) {
    if (type instanceof Class<?> plain) {
      return plain.isArray()
          ? mayHold(plain.getComponentType())
          : isRelated(plain, LOOKED_FOR) || isRelated(plain, HOLDERS);
    }
    if (type instanceof ParameterizedType several && several.getRawType() instanceof Class<?> raw) {
      return isRelated(raw, LOOKED_FOR)
          || (isRelated(raw, HOLDERS)
              && Arrays.stream(several.getActualTypeArguments()).anyMatch(FilterFields::mayHold));
    }
    return !(type instanceof GenericArrayType array) || mayHold(array.getGenericComponentType());
  }

  private static boolean isRelated(Class<?> type, List<Class<?>> others) {
    return others.stream()
        .anyMatch(other -> other.isAssignableFrom(type) || type.isAssignableFrom(other));
  }
}
