/**
 * What several nodes share in Redis or Valkey, over Lettuce: the replay guard, streams, and small
 * entries of a cache.
 *
 * <p>Lettuce is an optional dependency: an application that shares something adds {@code
 * io.lettuce:lettuce-core} itself. No class of it is loaded before {@link
 * dev.holdfast.redis.RedisReplayGuard.Builder#connect()} or {@link dev.holdfast.redis.RedisCache}.
 *
 * <p>{@code Places} says where records go: to one server, to the primary that more than half of the
 * sentinels name, or to the nodes of a cluster, each for its own slots.
 *
 * <p>{@link dev.holdfast.redis.RedisStream} is a log that nodes append to and read.
 *
 * <p>What the guard needs of Redis, and looks at ({@code INFO}) on each connection and once a
 * second: {@code maxmemory-policy noeviction} (or no {@code maxmemory}), so that a full Redis
 * refuses new records instead of dropping old ones; and the same Redis as before. After a restart,
 * an eviction or a failover, proofs from before are refused. It also needs a clock that is not set
 * by hand. {@link dev.holdfast.redis.RedisEntries} need none of that: they may be lost at any time,
 * and have a connection of their own.
 *
 * <p>Holdfast logs no password. Lettuce itself writes whole commands, the login too, to its logger
 * {@code io.lettuce.core.protocol} at the level TRACE: leave that off.
 */
@NullMarked
package dev.holdfast.redis;

import org.jspecify.annotations.NullMarked;
