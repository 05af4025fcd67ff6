/** Redis as people run it: the distribution's server, alone, under sentinels and as a cluster. */
@NullMarked
package dev.holdfast.testing.redis;

import org.jspecify.annotations.NullMarked;
