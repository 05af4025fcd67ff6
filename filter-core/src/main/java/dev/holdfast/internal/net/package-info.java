/** Addresses as values, of networks and of issuers: read strictly, never looked up. */
@NullMarked
package dev.holdfast.internal.net;

import org.jspecify.annotations.NullMarked;
