/**
 * Texts for a start that fails: what was found, and what to do. Not for applications: it may change
 * with every release.
 */
@NullMarked
package dev.holdfast.spring.boot.failures;

import org.jspecify.annotations.NullMarked;
