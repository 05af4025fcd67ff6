package dev.holdfast.introspection.shared;

/**
 * What the shared level has done since this node was started.
 *
 * @param hits answers taken from the store
 * @param misses tokens about which this node asked the issuer
 * @param waited tokens about which another node was asking, so that this one waited at first
 * @param written entries that this node wrote
 * @param full entries that were not written for want of room
 * @param unreadable entries that were damaged or forged
 * @param disbelieved entries that were too old, or of tokens that were evicted since
 * @param failed times the store did not answer, or answered with an error
 */
public record SharedStatistics(
    long hits,
    long misses,
    long waited,
    long written,
    long full,
    long unreadable,
    long disbelieved,
    long failed) {
  /** Nothing yet. */
  public static final SharedStatistics NONE = new SharedStatistics(0, 0, 0, 0, 0, 0, 0, 0);

  /** The sum of both. */
  public SharedStatistics and(SharedStatistics other) {
    return new SharedStatistics(
        hits + other.hits,
        misses + other.misses,
        waited + other.waited,
        written + other.written,
        full + other.full,
        unreadable + other.unreadable,
        disbelieved + other.disbelieved,
        failed + other.failed);
  }
}
