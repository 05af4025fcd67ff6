/**
 * Where Redis is, as whom to speak to it, and over which TLS: one server, the sentinels that watch
 * one, or the nodes of a cluster. No class of Lettuce is loaded here.
 */
@NullMarked
package dev.holdfast.redis.address;

import org.jspecify.annotations.NullMarked;
