package dev.holdfast.internal.issuer;

import java.io.IOException;

/** A connection ended before the first byte of an answer came. */
final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How it ended. */
  final IOException end;

  NoAnswerException(IOException end) {
    super(end);
    this.end = end;
  }
}
