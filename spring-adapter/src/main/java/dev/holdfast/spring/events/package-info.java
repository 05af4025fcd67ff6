/**
 * What tells of a success waits here until the binding is confirmed. Not for applications: it may
 * change with every release.
 */
@NullMarked
package dev.holdfast.spring.events;

import org.jspecify.annotations.NullMarked;
