package dev.holdfast.internal;

/** Refuses a value that nobody has set, where it is given, with a text. */
public final class Given {
  private Given() {}

  /**
   * These, none of which is null.
   *
   * @param what one of them, with its article
   * @throws IllegalArgumentException when there are none at all, or one of them is null
   */
  public static <T> T[] all(String what, T[] values) {
    if (values == null) {
      throw missing(what);
    }
    for (T value : values) {
      one(what, value);
    }
    return values;
  }

  /**
   * This one, which is not null.
   *
   * @throws IllegalArgumentException when it is
   */
  public static <T> T one(String what, T value) {
    if (value == null) {
      throw missing(what);
    }
    return value;
  }

  private static IllegalArgumentException missing(String what) {
    return new IllegalArgumentException(
        what + " is null: look at where it is read from, an environment variable for example");
  }
}
