/**
 * A rightful client and a thief, over real TLS.
 *
 * <p>{@link dev.holdfast.examples.stolentoken.StolenToken} starts an authorization server and two
 * APIs as processes of their own, makes every attempt at both APIs, and prints a table of what
 * happened. Read {@code CertificateAttempts}, {@code DpopAttempts} and {@code TokenBindingAttempts}
 * for what is tried, {@code DpopKey} for what a client needs for DPoP, and {@code Launcher} for how
 * the three programs are configured.
 */
@NullMarked
package dev.holdfast.examples.stolentoken;

import org.jspecify.annotations.NullMarked;
