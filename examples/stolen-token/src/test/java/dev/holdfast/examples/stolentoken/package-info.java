/** The whole demonstration, as it is and with the protection turned off. */
@NullMarked
package dev.holdfast.examples.stolentoken;

import org.jspecify.annotations.NullMarked;
