/** What keeps the login of an access token out of web sessions. Not public API. */
@NullMarked
package dev.holdfast.spring.webflux.sessions;

import org.jspecify.annotations.NullMarked;
