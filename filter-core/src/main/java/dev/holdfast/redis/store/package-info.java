/**
 * What is known of Redis itself: whether it keeps what it is given, whether it is still the same,
 * and whether its outage was said. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.redis.store;

import org.jspecify.annotations.NullMarked;
