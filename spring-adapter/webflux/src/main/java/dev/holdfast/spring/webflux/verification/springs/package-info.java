/**
 * What Spring Security's own parts are made of: the manager and the converter of a filter, and
 * copies of its decoders without its check of the certificate's thumbprint. Nothing here knows
 * Holdfast's rules.
 */
@NullMarked
package dev.holdfast.spring.webflux.verification.springs;

import org.jspecify.annotations.NullMarked;
