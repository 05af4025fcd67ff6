/**
 * Private keys of this service's own, from PEM or JWK files: what they sign and what they decrypt.
 * Not public API: it changes without notice.
 */
@NullMarked
package dev.holdfast.internal.jose.privatekey;

import org.jspecify.annotations.NullMarked;
