/**
 * Revocations that nodes share, through a log that each of them reads.
 *
 * <ol>
 *   <li>{@link dev.holdfast.events.shared.SharedRevocations} remembers on this node first, and then
 *       appends to the log; only then others are promised to learn of it
 *   <li>{@code LogFollower} reads the log on a thread of its own, evicts what it says, and appends
 *       again what the log has lost
 *   <li>{@code LogRecord} is what stands in an entry: no value of a claim, only its digest
 *   <li>{@code LogTrim} keeps the log within bounds: it refuses more then, never less
 *   <li>{@link dev.holdfast.events.shared.SharedLog} is the log itself, as Redis keeps it
 * </ol>
 */
@NullMarked
package dev.holdfast.events.shared;

import org.jspecify.annotations.NullMarked;
