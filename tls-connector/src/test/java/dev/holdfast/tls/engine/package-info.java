/**
 * The engine alone, in memory: against the JDK's client, against Bouncy Castle's, and raw bytes.
 */
@NullMarked
package dev.holdfast.tls.engine;

import org.jspecify.annotations.NullMarked;
