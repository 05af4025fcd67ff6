/**
 * Spring Security's own interfaces over Holdfast's issuers and cache: a decoder, an introspector,
 * and a manager that takes both kinds of token. Not for applications: it may change with every
 * release.
 */
@NullMarked
package dev.holdfast.spring.issuers;

import org.jspecify.annotations.NullMarked;
