/** Network addresses as values: read strictly, never looked up. */
@NullMarked
package dev.holdfast.internal.net;

import org.jspecify.annotations.NullMarked;
