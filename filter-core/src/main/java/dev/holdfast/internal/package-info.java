/** Strict readers that every mechanism shares. Not public API: it changes without notice. */
@NullMarked
package dev.holdfast.internal;

import org.jspecify.annotations.NullMarked;
