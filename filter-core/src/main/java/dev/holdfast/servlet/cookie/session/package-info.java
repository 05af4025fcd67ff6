/**
 * Cookies in a request and in an answer, and the container's own session cookie. Not public API: it
 * changes without notice.
 */
@NullMarked
package dev.holdfast.servlet.cookie.session;

import org.jspecify.annotations.NullMarked;
