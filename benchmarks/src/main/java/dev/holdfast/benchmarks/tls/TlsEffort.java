package dev.holdfast.benchmarks.tls;

/**
 * How much is run.
 *
 * @param firstRounds of full handshakes, before anything is counted, in memory and in Tomcat
 * @param warmUps rounds of each workload that do not count
 * @param rounds those that do
 * @param roundMillis how long each takes, for each side
 */
public record TlsEffort(int firstRounds, int warmUps, int rounds, int roundMillis) {
  /** At a time, so that two cores have something to do. */
  static final int CLIENTS = 2;

  /** Some five minutes. */
  public static final TlsEffort FULL = new TlsEffort(12, 3, 7, 800);

  /** Enough to see that it works. */
  public static final TlsEffort QUICK = new TlsEffort(0, 0, 1, 20);
}
