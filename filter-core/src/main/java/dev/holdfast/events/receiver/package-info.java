/**
 * Takes security events over HTTP: security event tokens that are pushed (RFC 8935) and logout
 * tokens (OpenID Connect Back-Channel Logout 1.0 section 2.5), at one path.
 *
 * <p>{@link dev.holdfast.events.receiver.EventIntake} does what a message demands, also of one that
 * was polled. {@link dev.holdfast.events.receiver.EventReceiver} is asked twice by an edge: before
 * it reads a body, and with the body. Both answers are values that the edge only writes. An event
 * is remembered as done when it is done, so that a crash or an outage in the middle loses nothing:
 * the transmitter delivers it again.
 */
@NullMarked
package dev.holdfast.events.receiver;

import org.jspecify.annotations.NullMarked;
