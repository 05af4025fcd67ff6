/** Strict JSON. Not public API: it changes without notice. */
@NullMarked
package dev.holdfast.internal.json;

import org.jspecify.annotations.NullMarked;
