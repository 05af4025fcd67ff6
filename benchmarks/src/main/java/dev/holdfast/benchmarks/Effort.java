package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.tls.TlsEffort;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How much is run: all of it in some five minutes, or just enough to see that it works. */
enum Effort {
  FULL(1, 3, 7, 1000, WarmJwt.TOKENS, ColdJwt.TOKENS, 5, 1000, 2000),
  /** In this very process, for a test: its numbers mean nothing. */
  QUICK(0, 1, 1, 20, 16, 16, 1, 50, 100);

  private final int forks;
  private final int warmUps;
  private final int iterations;
  private final int iterationMillis;
  private final int warmTokens;
  private final int coldTokens;
  private final int rounds;
  private final int herd;
  private final int distinct;

  Effort(
      int forks,
      int warmUps,
      int iterations,
      int iterationMillis,
      int warmTokens,
      int coldTokens,
      int rounds,
      int herd,
      int distinct) {
    this.forks = forks;
    this.warmUps = warmUps;
    this.iterations = iterations;
    this.iterationMillis = iterationMillis;
    this.warmTokens = warmTokens;
    this.coldTokens = coldTokens;
    this.rounds = rounds;
    this.herd = herd;
    this.distinct = distinct;
  }

  /** Rounds of each storm; the median counts. */
  int rounds() {
    return rounds;
  }

  /** Of the comparison of TLS layers, which is not JMH's. */
  TlsEffort tls() {
    return forks == 0 ? TlsEffort.QUICK : TlsEffort.FULL;
  }

  /** Callers that want one token. */
  int herd() {
    return herd;
  }

  /** Callers that want a token each. */
  int distinct() {
    return distinct;
  }

  ChainedOptionsBuilder warm(ChainedOptionsBuilder options) {
    return timed(options.param("count", String.valueOf(warmTokens)), 5);
  }

  /** Certificates are made in the benchmark's set-up: a hundredth of them shows that it works. */
  ChainedOptionsBuilder clients(ChainedOptionsBuilder options, int clients) {
    int count = forks == 0 ? Math.max(1, clients / 100) : clients;
    return timed(options.param("count", String.valueOf(count)), 5);
  }

  /** Proofs are signed in the benchmark's set-up, and some of its peers take their time. */
  ChainedOptionsBuilder proofs(ChainedOptionsBuilder options, int keys) {
    ChainedOptionsBuilder wanted = clients(options, keys);
    return forks == 0 ? wanted.param("proofsInTurn", "64") : wanted;
  }

  /** How many spent proofs the replay stores hold. */
  List<Integer> liveProofs() {
    return forks == 0 ? List.of(1_000) : List.of(10_000, 1_000_000, 10_000_000);
  }

  /** A store is warm when it is full; the peers' grow for as long as they are measured. */
  ChainedOptionsBuilder replays(ChainedOptionsBuilder options) {
    return timed(options, 1);
  }

  /** An exchange over HTTP runs through much code, and needs many calls to warm up. */
  ChainedOptionsBuilder exchanges(ChainedOptionsBuilder options) {
    return timed(options, 10);
  }

  private ChainedOptionsBuilder timed(ChainedOptionsBuilder options, int warmUpFactor) {
    TimeValue time = TimeValue.milliseconds(iterationMillis);
    int factor = forks == 0 ? 1 : warmUpFactor;
    return options
        .forks(forks)
        .warmupIterations(warmUps * factor)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time);
  }

  /**
   * One iteration is one pass over the tokens.
   *
   * @param passes before the measurement, and as many in it; one is enough for the quick run
   */
  ChainedOptionsBuilder passes(ChainedOptionsBuilder options, int passes) {
    int wanted = forks == 0 ? 1 : passes;
    return options
        .forks(forks)
        .param("count", String.valueOf(coldTokens))
        .operationsPerInvocation(coldTokens)
        .warmupIterations(wanted)
        .measurementIterations(wanted);
  }
}
