/** Servers as they are distributed, started as programs, with the filter in a WAR. */
@NullMarked
package dev.holdfast.servers;

import org.jspecify.annotations.NullMarked;
