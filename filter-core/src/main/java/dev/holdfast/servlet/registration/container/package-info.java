/**
 * The filters that a container has, in the order in which it calls them: Tomcat, Jetty and
 * Undertow, each read by what it has of its own. Nothing is known here of what that order has to
 * be.
 */
@NullMarked
package dev.holdfast.servlet.registration.container;

import org.jspecify.annotations.NullMarked;
