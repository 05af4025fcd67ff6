/**
 * The look afterwards: what really stands in the way of a request is looked at once the application
 * has started, and what would take tokens without Holdfast stops the start. Begin with {@link
 * dev.holdfast.spring.look.ChainLook}. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.look;

import org.jspecify.annotations.NullMarked;
