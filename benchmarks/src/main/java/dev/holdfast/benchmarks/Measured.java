package dev.holdfast.benchmarks;

import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation costs: the median of all iterations, so that neighbours on the machine and a
 * late compilation disturb it less than they do a mean.
 *
 * @param wall microseconds on the clock
 * @param cpu microseconds of the whole process
 * @param bytes allocated
 */
record Measured(double wall, double cpu, double bytes) {

  static Measured of(RunResult result) {
    return new Measured(
        median(result.getPrimaryResult()),
        secondary(result, ProcessCpuProfiler.RESULT),
        secondary(result, "gc.alloc.rate.norm"));
  }

  private static double secondary(RunResult result, String name) {
    return median(Objects.requireNonNull(result.getSecondaryResults().get(name), name));
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }
}
