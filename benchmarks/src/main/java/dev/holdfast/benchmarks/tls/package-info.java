/**
 * The connector's TLS beside the JDK's own: the same container, keys and client, each side's server
 * in a process of its own, rounds in turn.
 *
 * <ol>
 *   <li>{@link dev.holdfast.benchmarks.tls.TlsComparison}: the way in
 *   <li>{@code Workload}: what a client does; {@code Client} does it
 *   <li>{@code Rounds}: lets both sides have their turn and counts; {@code ServerProcess} is one
 *       side, which runs {@code TlsServer}
 *   <li>{@code Engines}: both engines in memory, without any container
 * </ol>
 */
@NullMarked
package dev.holdfast.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
