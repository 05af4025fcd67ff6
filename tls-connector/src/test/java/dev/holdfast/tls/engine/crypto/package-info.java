/** The algorithms, and what is made differently from Bouncy Castle. */
@NullMarked
package dev.holdfast.tls.engine.crypto;

import org.jspecify.annotations.NullMarked;
