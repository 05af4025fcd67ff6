/** The application as a program, and what Holdfast knows extensions by. */
@NullMarked
package dev.holdfast.examples.quarkusapi;

import org.jspecify.annotations.NullMarked;
