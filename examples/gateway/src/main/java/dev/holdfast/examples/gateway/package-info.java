/**
 * A gateway that takes bound tokens only: the starter on the class path of Spring Cloud Gateway, an
 * issuer in the settings, and one class that says what the services behind it learn of the client.
 */
@NullMarked
package dev.holdfast.examples.gateway;

import org.jspecify.annotations.NullMarked;
