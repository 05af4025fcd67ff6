/** The API over real TLS, and the texts of wrong settings. */
@NullMarked
package dev.holdfast.examples.servletapi;

import org.jspecify.annotations.NullMarked;
