package dev.holdfast.spring.held;

import java.io.Serial;

/** A filter, or what it holds, could not be looked at. */
public final class UnseenFilterException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Says what could not be seen.
   *
   * @param what a part of a sentence about the filter
   * @param cause why
   */
  public UnseenFilterException(String what, Throwable cause) {
    super(what + " (" + cause.getClass().getName() + ")", cause);
  }

  public UnseenFilterException(String what) {
    super(what);
  }
}
