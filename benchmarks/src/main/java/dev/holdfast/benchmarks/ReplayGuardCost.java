package dev.holdfast.benchmarks;

import dev.holdfast.ReplayGuard;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A proof that was not seen before, spent in a store that holds many. Where a side takes a clock,
 * the clock moves with the proofs, so that as many records end as are added. The stores of Spring
 * Security and Nimbus read the system's clock: nothing ends there while it is measured, they grow,
 * and their sweeps over the whole map, every ten seconds and every second, are counted as far as
 * they take CPU.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplayGuardCost {

  /** Whose store. */
  @Param({"HOLDFAST", "CAFFEINE", "SPRING", "NIMBUS"})
  public ReplayStores kind = ReplayStores.HOLDFAST;

  /** How many proofs are inside their window. */
  @Param({"10000", "1000000", "10000000"})
  public int live;

  private ReplayStores.Side side = proof -> ReplayGuard.Outcome.UNAVAILABLE;
  private long next;

  /** Fills the store. */
  @Setup
  public void fill() {
    side = kind.filled(live);
    next = live;
  }

  /** Stops a thread that sweeps. */
  @TearDown
  public void stop() {
    side.close();
  }

  /** One more proof. */
  @Benchmark
  public ReplayGuard.Outcome spend() {
    ReplayGuard.Outcome outcome = side.spend(next++);
    if (outcome != ReplayGuard.Outcome.FIRST) {
      throw new IllegalStateException("a fresh proof was refused");
    }
    return outcome;
  }
}
