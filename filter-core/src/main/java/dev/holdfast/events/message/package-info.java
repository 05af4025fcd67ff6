/**
 * What a security event says: a security event token (RFC 8417) or a logout token (OpenID Connect
 * Back-Channel Logout 1.0 section 2.4), its subject (RFC 9493), and whether it revokes anything.
 * Nothing here checks a signature: {@code receiver} reads a message's claims after that has held.
 */
@NullMarked
package dev.holdfast.events.message;

import org.jspecify.annotations.NullMarked;
