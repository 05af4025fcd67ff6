package dev.holdfast.examples.behindaproxy;

/** A program did not start, or did not do what the demonstration needs of it. */
final class PartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PartFailedException(String text) {
    super(text);
  }
}
