/**
 * The chain's own verification of a token, run as a sealed box. Begin with {@link
 * dev.holdfast.spring.verification.FrameworkVerification}. Not for applications: it may change with
 * every release.
 */
@NullMarked
package dev.holdfast.spring.verification;

import org.jspecify.annotations.NullMarked;
