/**
 * The local replay guard: which proofs this process has seen. {@code redis} has the one that nodes
 * share.
 */
@NullMarked
package dev.holdfast.dpop.replay;

import org.jspecify.annotations.NullMarked;
