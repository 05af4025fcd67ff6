package dev.holdfast.internal.http;

import java.io.IOException;

/** A connection that was kept had ended before the first byte of an answer came. */
final class StaleConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  StaleConnectionException(Throwable cause) {
    super("a kept connection had ended", cause);
  }
}
