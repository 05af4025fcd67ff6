/**
 * Asks transmitters for security events (RFC 8936): long polling, on a thread for each of them.
 *
 * <p>{@link dev.holdfast.events.poll.Poller} asks, hands each event to the intake, and tells with
 * the next request what became of them: {@code ack} for what is done, {@code setErrs} for what is
 * rejected, and neither for what is to be delivered again.
 */
@NullMarked
package dev.holdfast.events.poll;

import org.jspecify.annotations.NullMarked;
