/** HTTP to an issuer, within limits. Not public API: it changes without notice. */
@NullMarked
package dev.holdfast.internal.http;

import org.jspecify.annotations.NullMarked;
