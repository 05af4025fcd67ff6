/**
 * What goes out when a request is refused, and what the application's entry point may say in it.
 * Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.answers;

import org.jspecify.annotations.NullMarked;
