/** Files that are read again when they have changed. Not public API: it changes without notice. */
@NullMarked
package dev.holdfast.internal.files;

import org.jspecify.annotations.NullMarked;
