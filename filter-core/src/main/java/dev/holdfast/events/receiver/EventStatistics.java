package dev.holdfast.events.receiver;

/**
 * What became of deliveries since the receiver was made.
 *
 * @param revoked events that revoked tokens
 * @param without events that were taken and revoked nothing: of another type, or about a subject by
 *     which no token can be told
 * @param replayed events that had been done before
 * @param rejected deliveries that were not taken
 * @param unavailable deliveries that were to be repeated, for want of keys or of the store
 */
public record EventStatistics(
    long revoked, long without, long replayed, long rejected, long unavailable) {}
