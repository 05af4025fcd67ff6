/**
 * Spring Security's reactive chains on Reactor Netty. {@link
 * dev.holdfast.spring.webflux.HoldfastWebFluxConfiguration} is what an application imports: it puts
 * Holdfast's filter in the place of each chain's own filter for bearer tokens, and stops the start
 * where it cannot see what a chain does with them.
 */
@NullMarked
package dev.holdfast.spring.webflux;

import org.jspecify.annotations.NullMarked;
