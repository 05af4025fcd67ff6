/**
 * What every edge needs of HTTP and none owns: the facts of a received request, whom to believe
 * about it, what the client asked for, and a refusal as an answer. No framework is known here; all
 * of these are values, or safe for use by many threads.
 *
 * <p>An edge tells the facts as a {@link dev.holdfast.http.ReceivedRequest}. {@link
 * dev.holdfast.http.TrustedProxies} says whether its last hop is a trusted proxy, {@link
 * dev.holdfast.http.TargetUri} which URI the client asked for. A refusal is written as {@link
 * dev.holdfast.http.challenge.Challenges} has it, and the resource's metadata as in {@code
 * metadata}.
 */
@NullMarked
package dev.holdfast.http;

import org.jspecify.annotations.NullMarked;
