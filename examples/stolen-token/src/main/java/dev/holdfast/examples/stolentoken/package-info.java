/**
 * A rightful client and a thief, over real TLS.
 *
 * <p>{@link dev.holdfast.examples.stolentoken.StolenToken} starts an authorization server and two
 * APIs as processes of their own, plays the scenes of {@code Screenplay} against both APIs, and
 * prints a table of what happened. Read {@code Screenplay}, {@code DpopScreenplay} and {@code
 * TokenBindingScreenplay} for what is tried, {@code DpopKey} for what a client needs for DPoP, and
 * {@code Launcher} for how the three programs are configured.
 */
@NullMarked
package dev.holdfast.examples.stolentoken;

import org.jspecify.annotations.NullMarked;
