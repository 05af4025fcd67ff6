/**
 * A chain's own verification of a token, and what it says of the token's binding. Not public API.
 */
@NullMarked
package dev.holdfast.spring.webflux.verification;

import org.jspecify.annotations.NullMarked;
