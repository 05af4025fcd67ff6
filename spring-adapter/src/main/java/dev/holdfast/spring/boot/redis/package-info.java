/**
 * The application's own connection to Redis, where Holdfast can use the same. Not for applications:
 * it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.boot.redis;

import org.jspecify.annotations.NullMarked;
