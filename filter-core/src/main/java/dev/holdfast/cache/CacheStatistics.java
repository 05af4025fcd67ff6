package dev.holdfast.cache;

/**
 * What a cache has done since it was made, and what it holds at the moment of the look.
 *
 * @param hits answers taken from the store of good answers
 * @param negativeHits answers taken from the store of refused tokens
 * @param misses times the delegate was asked
 * @param joined callers who waited for an answer that another one had asked for
 * @param evictions good answers dropped for want of room
 * @param negativeEvictions refusals dropped for want of room
 * @param size good answers held, roughly
 * @param negativeSize refusals held, roughly
 * @param inFlight answers being waited for
 */
public record CacheStatistics(
    long hits,
    long negativeHits,
    long misses,
    long joined,
    long evictions,
    long negativeEvictions,
    long size,
    long negativeSize,
    long inFlight) {}
