/** What a request of Reactor Netty says, and what of it the application sees. Not public API. */
@NullMarked
package dev.holdfast.spring.webflux.evidence;

import org.jspecify.annotations.NullMarked;
