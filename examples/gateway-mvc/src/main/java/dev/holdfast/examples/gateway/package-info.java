/**
 * The gateway on servlets: the same as {@code examples/gateway}, with Spring Cloud Gateway's other
 * server.
 */
@NullMarked
package dev.holdfast.examples.gateway;

import org.jspecify.annotations.NullMarked;
