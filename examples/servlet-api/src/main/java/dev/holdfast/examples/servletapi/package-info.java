/**
 * An API in an embedded Tomcat, protected by the plain servlet filter; no Spring.
 *
 * <p>Start reading at {@link dev.holdfast.examples.servletapi.ServletApi}. The one line that
 * protects the API is in {@code Endpoints}; the rest is a web server with the settings that a web
 * server needs.
 */
@NullMarked
package dev.holdfast.examples.servletapi;

import org.jspecify.annotations.NullMarked;
