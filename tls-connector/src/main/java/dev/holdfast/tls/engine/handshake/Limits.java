package dev.holdfast.tls.engine.handshake;

/**
 * What a client may cost before its handshake has ended, and what it may send without saying
 * anything after that.
 *
 * @param handshakeNanos from the first byte to the end of the handshake
 * @param handshakeBytes in all records together, until the handshake has ended
 * @param messageBytes of one handshake message
 * @param chainLength certificates in a client's chain
 */
public record Limits(long handshakeNanos, int handshakeBytes, int messageBytes, int chainLength) {
  /** Records of early data that are passed over, all together. */
  public static final int EARLY_DATA_BYTES = 65_536;

  /** Records in a row without application data: warnings, key updates, empty records. */
  public static final int IDLE_RECORDS = 32;

  /** For each so many records that are sent to a client, one without application data is free. */
  public static final int RECORDS_FOR_A_SILENT_ONE = 256;

  private static final int BYTES_PER_MESSAGE_BYTE = 4;

  /** As the JDK's system properties say, and one of our own for the time, in seconds. */
  public static Limits fromSystemProperties() {
    int message = positive("jdk.tls.maxHandshakeMessageSize", 32_768);
    return new Limits(
        positive("dev.holdfast.tls.handshakeTimeout", 30) * 1_000_000_000L,
        Math.multiplyExact(message, BYTES_PER_MESSAGE_BYTE),
        message,
        positive("jdk.tls.server.maxInboundCertificateChainLength", 8));
  }

  private static int positive(String property, int fallback) {
    int value = Integer.getInteger(property, fallback);
    if (value <= 0) {
      throw new IllegalArgumentException(property + " is not positive");
    }
    return value;
  }
}
