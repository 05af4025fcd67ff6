/** A Quarkus application whose resources are behind the servlet filter. */
@NullMarked
package dev.holdfast.examples.quarkusapi;

import org.jspecify.annotations.NullMarked;
