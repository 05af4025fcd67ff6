/**
 * The Token Binding message (RFC 8471 section 3): its structure, its keys and its signatures. What
 * it proves for a request is said one room up.
 */
@NullMarked
package dev.holdfast.tokenbinding.message;

import org.jspecify.annotations.NullMarked;
