/**
 * What Holdfast costs beside its peer, Spring Security: same tokens, same keys, same JVM, ratios in
 * one run. {@link dev.holdfast.benchmarks.Report} runs everything and prints one table.
 */
@NullMarked
package dev.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
