/**
 * Signatures of JOSE: algorithms, sound keys, and the providers that check them. Not public API: it
 * changes without notice.
 */
@NullMarked
package dev.holdfast.internal.crypto;

import org.jspecify.annotations.NullMarked;
