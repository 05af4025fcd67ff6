package dev.holdfast.internal.issuer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Several attempts that failed: the first says why, and the others come with it. */
final class Failures {
  private Failures() {}

  static IOException first(@Nullable IOException earlier, IOException later) {
    if (earlier == null) {
      return later;
    }
    if (earlier != later) {
      earlier.addSuppressed(later);
    }
    return earlier;
  }
}
