package dev.holdfast.tls.engine;

/** Counts what a client costs against {@link Limits}. */
final class HandshakeBudget {
  private final Limits limits;
  private long began;
  private int bytes;
  private int silent;

  HandshakeBudget(Limits limits) {
    this.limits = limits;
  }

  void begin() {
    began = System.nanoTime();
  }

  boolean isTimeUp() {
    return System.nanoTime() - began > limits.handshakeNanos();
  }

  /** Whether so many more bytes are within the limit. */
  boolean spend(int more) {
    bytes += more;
    return bytes <= limits.handshakeBytes();
  }

  /** After each record of an established connection; false when it says nothing for too long. */
  boolean isTalk(int applicationBytes) {
    silent = applicationBytes > 0 ? 0 : silent + 1;
    return silent <= Limits.IDLE_RECORDS;
  }
}
