/** What in a chain takes tokens: looked at when the application starts. Not public API. */
@NullMarked
package dev.holdfast.spring.webflux.look;

import org.jspecify.annotations.NullMarked;
