/**
 * No session takes the place of a token. Begin with {@link
 * dev.holdfast.spring.sessions.TokenSessionFilter}. Not for applications: it may change with every
 * release.
 */
@NullMarked
package dev.holdfast.spring.sessions;

import org.jspecify.annotations.NullMarked;
