/**
 * How a container has registered a filter: whether requests pass it, for which dispatches, and what
 * the container puts before it or does in its place. It is looked at when a filter starts, and no
 * request comes here.
 */
@NullMarked
package dev.holdfast.servlet.registration;

import org.jspecify.annotations.NullMarked;
