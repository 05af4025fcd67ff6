package dev.holdfast.redis;

/** Something that nodes share is configured, and its client library is not on the class path. */
public final class LettuceMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LettuceMissingException(Throwable cause) {
    super(
        "what nodes share in Redis goes over Lettuce,"
            + " and io.lettuce:lettuce-core is not on the class path",
        cause);
  }
}
