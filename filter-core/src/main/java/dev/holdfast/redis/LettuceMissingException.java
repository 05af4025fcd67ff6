package dev.holdfast.redis;

/** A shared replay guard is configured, and its client library is not on the class path. */
public final class LettuceMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LettuceMissingException(Throwable cause) {
    super(
        "the shared replay guard speaks to Redis over Lettuce,"
            + " and io.lettuce:lettuce-core is not on the class path",
        cause);
  }
}
