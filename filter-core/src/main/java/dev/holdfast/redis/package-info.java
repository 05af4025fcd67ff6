/**
 * The replay guard that several nodes share, in Redis or Valkey, over Lettuce.
 *
 * <p>Lettuce is an optional dependency: an application that shares its guard adds {@code
 * io.lettuce:lettuce-core} itself. No class of it is loaded before {@link
 * dev.holdfast.redis.RedisReplayGuard.Builder#connect()}.
 *
 * <p>What the guard needs of Redis: {@code maxmemory-policy noeviction}, so that a full Redis
 * refuses new records instead of dropping old ones, and a clock that is not set by hand. A failover
 * to a replica can lose the last records, as Redis replicates after it has answered.
 *
 * <p>Holdfast logs no password. Lettuce itself writes whole commands, the login too, to its logger
 * {@code io.lettuce.core.protocol} at the level TRACE: leave that off.
 */
@NullMarked
package dev.holdfast.redis;

import org.jspecify.annotations.NullMarked;
