package dev.holdfast.servers.application;

/**
 * Is there once for each class loader of a web application that has used it, and as long as that
 * one lives: the histogram of the heap counts them.
 */
final class Trace {
  private static final Trace LEFT = new Trace();

  private Trace() {}

  /** Puts it there. */
  static void leave() {
    if (LEFT.hashCode() == 0) {
      throw new IllegalStateException("never");
    }
  }
}
