package dev.holdfast.benchmarks;

import java.util.Objects;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation costs.
 *
 * @param wall microseconds on the clock
 * @param cpu microseconds of the whole process
 * @param bytes allocated
 */
record Measured(double wall, double cpu, double bytes) {

  static Measured of(RunResult result) {
    return new Measured(
        result.getPrimaryResult().getScore(),
        secondary(result, ProcessCpuProfiler.RESULT),
        secondary(result, "gc.alloc.rate.norm"));
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }
}
