package dev.holdfast.configuration;

import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the name that somebody may have meant. Only a slip is recognized: three characters at most,
 * and no more than a quarter of what was written. A guess beyond that would mislead.
 */
public final class NearNames {
  private static final int MOST_CHANGES = 3;

  private NearNames() {}

  /**
   * The name that needs the fewest changes, if they are few enough.
   *
   * @param spelling how the names are spelled where {@code written} was written
   */
  public static Optional<String> nearest(
      String written, Collection<String> names, UnaryOperator<String> spelling) {
    String nearest = null;
    int fewest = Math.min(MOST_CHANGES, Math.max(1, written.length() / 4)) + 1;
    for (String name : names) {
      int changes = distance(spelling.apply(name), written);
      if (changes < fewest) {
        fewest = changes;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** How many characters to insert, to remove, to replace or to swap with their neighbour. */
  private static int distance(String one, String other) {
    int[] beforePrevious = new int[other.length() + 1];
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
        if (isSwap(one, i, other, j)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      beforePrevious = previous;
      previous = current;
    }
    return previous[other.length()];
  }

  private static boolean isSwap(String one, int i, String other, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == other.charAt(j - 2)
        && one.charAt(i - 2) == other.charAt(j - 1);
  }
}
