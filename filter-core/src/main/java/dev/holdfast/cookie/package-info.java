/**
 * Cookies that are worth nothing to whoever steals them: a companion cookie says, under a keyed
 * hash, which keys the caller proved when the cookie was issued.
 *
 * <ol>
 *   <li>{@link dev.holdfast.cookie.ProvenKeys}: the keys of this connection
 *   <li>{@link dev.holdfast.cookie.CookieBinder}: makes the companion's value for a cookie and
 *       these keys, and checks one
 *   <li>{@link dev.holdfast.cookie.CookieSecrets}: what the hash is keyed with; the first makes
 *       companions, all of them check
 * </ol>
 *
 * <p>It knows no framework and keeps no state: servers that share the secrets share the cookies.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-5">RFC 8471, section 5</a>
 */
@NullMarked
package dev.holdfast.cookie;

import org.jspecify.annotations.NullMarked;
