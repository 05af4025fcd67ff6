/** Auto-configuration of WebFlux applications. */
@NullMarked
package dev.holdfast.spring.boot.reactive;

import org.jspecify.annotations.NullMarked;
