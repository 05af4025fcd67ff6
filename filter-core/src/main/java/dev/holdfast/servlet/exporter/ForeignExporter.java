package dev.holdfast.servlet.exporter;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** An exporter of another copy of Holdfast, asked by the names of its methods. */
final class ForeignExporter implements KeyingMaterialExporter {
  private final Object exporter;
  private final Method of;
  private final Method withoutNegotiation;
  private final Method bytes;
  private final Method keyParameters;
  private final Method agreement;

  private ForeignExporter(Object exporter, Class<?> type) throws ReflectiveOperationException {
    this.exporter = exporter;
    this.of = type.getMethod("of", HttpServletRequest.class);
    this.withoutNegotiation = type.getMethod("withoutNegotiation", HttpServletRequest.class);
    Class<?> material = of.getReturnType();
    this.bytes = material.getMethod("bytes");
    this.keyParameters = material.getMethod("keyParameters");
    this.agreement = material.getMethod("agreement");
  }

  /**
   * This object as an exporter of this copy.
   *
   * @throws ReflectiveOperationException when it is none in any copy
   */
  static KeyingMaterialExporter of(Object exporter) throws ReflectiveOperationException {
    for (Class<?> type = exporter.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> implemented : type.getInterfaces()) {
        if (implemented.getName().equals(KeyingMaterialExporter.class.getName())) {
          return new ForeignExporter(exporter, implemented);
        }
      }
    }
    throw new ClassNotFoundException(
        exporter.getClass().getName() + " is no " + KeyingMaterialExporter.class.getName());
  }

  @Override
  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    Object material = call(of, exporter, request);
    return material == null
        ? null
        : new ExportedKeyingMaterial(
            (byte[]) known(call(bytes, material)),
            (Integer) known(call(keyParameters, material)),
            Agreement.valueOf(String.valueOf(call(agreement, material))));
  }

  @Override
  public byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    return (byte[]) call(withoutNegotiation, exporter, request);
  }

  private static Object known(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("another copy of Holdfast answers with nothing");
    }
    return value;
  }

  private static @Nullable Object call(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException own) {
        throw own;
      }
      if (thrown.getCause() instanceof Error own) {
        throw own;
      }
      throw new IllegalStateException(thrown);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
