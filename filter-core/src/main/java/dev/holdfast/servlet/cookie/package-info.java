/**
 * Bound cookies for servlet containers: a session cookie, or any other that is named, opens nothing
 * without the key of the browser that it was issued to.
 *
 * <ol>
 *   <li>{@link dev.holdfast.servlet.cookie.BoundCookieFilter}: decides once for a request, then
 *       calls the chain with a request that shows verified cookies only
 *   <li>{@link dev.holdfast.servlet.cookie.BoundCookieFilterBuilder}: its settings in code
 * </ol>
 *
 * <p>Each bound cookie {@code NAME} has a companion {@code NAME-bound}, set and cleared with it,
 * which the application never sees.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8473#section-2.1">RFC 8473, section 2.1</a>
 */
@NullMarked
package dev.holdfast.servlet.cookie;

import org.jspecify.annotations.NullMarked;
