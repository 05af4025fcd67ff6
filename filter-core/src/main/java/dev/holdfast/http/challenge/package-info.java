/**
 * A refusal as HTTP: {@link dev.holdfast.http.challenge.Challenges} turns a decision into status
 * and header fields (RFC 6750 section 3, RFC 9449 section 7, RFC 9470, RFC 9728 section 5.1), and
 * an edge writes that {@link dev.holdfast.http.challenge.Challenge} in its framework's way.
 */
@NullMarked
package dev.holdfast.http.challenge;

import org.jspecify.annotations.NullMarked;
