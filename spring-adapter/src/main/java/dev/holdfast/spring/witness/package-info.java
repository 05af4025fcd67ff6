/**
 * What is known of a token that the chain verified: which one it was, what is said of it, and
 * whether its issuer said so. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.witness;

import org.jspecify.annotations.NullMarked;
