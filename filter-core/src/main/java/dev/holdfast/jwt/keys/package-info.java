/**
 * The keys by which an issuer signs: its JWK Set, which members of it count, how long they are used
 * and when they are looked up again. Not public API, except for {@link
 * dev.holdfast.jwt.keys.KeyLimits}.
 */
@NullMarked
package dev.holdfast.jwt.keys;

import org.jspecify.annotations.NullMarked;
