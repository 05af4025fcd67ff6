package dev.holdfast.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The CPU time of the whole measuring process for each operation, in microseconds: the calling
 * thread, the HTTP client's threads, the compiler and the garbage collector alike. Its clock ticks
 * every 10 ms on Linux, so an iteration must be much longer than that.
 */
public final class ProcessCpuProfiler implements InternalProfiler {
  /** The name of the secondary result. */
  public static final String RESULT = "cpu.time.norm";

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long before;

  /** For JMH. */
  public ProcessCpuProfiler() {}

  @Override
  public String getDescription() {
    return "process CPU time for each operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = process.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double spent = process.getProcessCpuTime() - before;
    double operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(RESULT, spent / 1000 / operations, "us/op", AggregationPolicy.AVG));
  }
}
