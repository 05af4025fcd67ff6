/**
 * What a container received, below everything that filters made of it: the other end of the
 * connection and its certificate, who said the scheme, and the path that was routed by.
 */
@NullMarked
package dev.holdfast.servlet.wire;

import org.jspecify.annotations.NullMarked;
