package dev.holdfast.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.List;

/**
 * The methods that the JDK makes for records. JDK 17 remembers, in static fields of its own, the
 * types of the last record whose {@code equals}, {@code hashCode} or {@code toString} was called
 * for the first time. If that record is of a web application, the application's class loader stays
 * after the application is gone, until another record is used.
 */
public final class RecordMethods {
  private static final List<String> REMEMBERED = List.of("equals", "hashCode", "toString");

  private RecordMethods() {}

  /** Lets the JDK remember a type of its own in the place of the last one. */
  public static void forgetTheLast() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      MethodHandle getter =
          lookup.findVirtual(String.class, "strip", MethodType.methodType(String.class));
      for (String method : REMEMBERED) {
        ObjectMethods.bootstrap(
            lookup, method, MethodHandle.class, String.class, "stripped", getter);
      }
    } catch (Error fatal) {
      throw fatal;
    } catch (Throwable laterJdk) { // one that takes real records only, and remembers none
      return;
    }
  }
}
