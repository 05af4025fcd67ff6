package dev.holdfast.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark after the other and says so. */
final class Cases {
  /** An ES256 check takes a millisecond on some JDKs; an RS256 check takes much less. */
  private static final int RS256_PASSES = 15;

  private static final int ES256_PASSES = 3;

  private final Effort effort;
  private final PrintStream progress;

  Cases(Effort effort, PrintStream progress) {
    this.effort = effort;
    this.progress = progress;
  }

  Measured warm(String method, String algorithm) {
    ChainedOptionsBuilder options = options(WarmJwt.class, method).param("algorithm", algorithm);
    return run("JWT " + algorithm + " warm, " + method, effort.warm(options));
  }

  Measured chain(String method) {
    return run("chain of Spring, " + method, effort.warm(options(SpringChains.class, method)));
  }

  Measured reactiveChain(String method) {
    return run("chain on WebFlux, " + method, effort.warm(options(ReactiveChains.class, method)));
  }

  Measured cold(String method, String algorithm) {
    ChainedOptionsBuilder options = options(ColdJwt.class, method).param("algorithm", algorithm);
    int passes = algorithm.equals("RS256") ? RS256_PASSES : ES256_PASSES;
    return run("JWT " + algorithm + " cold, " + method, effort.passes(options, passes));
  }

  Measured introspection(String method) {
    return run("introspection, " + method, effort.exchanges(options(Introspection.class, method)));
  }

  Measured tokenBinding(String method, String keyParameters) {
    ChainedOptionsBuilder options =
        options(TokenBoundConnections.class, method).param("keyParameters", keyParameters);
    return run("TB " + keyParameters + ", " + method, effort.warm(options));
  }

  Measured certificate(String method, int clients) {
    ChainedOptionsBuilder options = options(HeaderCertificate.class, method);
    return run(
        "certificate of %,d, %s".formatted(clients, method), effort.clients(options, clients));
  }

  Measured replay(ReplayStores kind, int live) {
    ChainedOptionsBuilder options =
        options(ReplayGuardCost.class, "spend")
            .param("kind", kind.name())
            .param("live", String.valueOf(live))
            .jvmArgsAppend("-Xms4g", "-Xmx4g");
    return run("replay " + live + " live, " + kind, effort.replays(options));
  }

  Measured dpop(String method, String provider, int keys) {
    ChainedOptionsBuilder options = options(DpopProofs.class, method).param("provider", provider);
    return run(
        "DPoP %s, %,d keys, %s".formatted(provider, keys, method), effort.proofs(options, keys));
  }

  private static ChainedOptionsBuilder options(Class<?> benchmark, String method) {
    return new OptionsBuilder()
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
        .addProfiler(GCProfiler.class)
        .addProfiler(ProcessCpuProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  private Measured run(String name, ChainedOptionsBuilder options) {
    progress.printf("%-32s", name);
    progress.flush();
    try {
      Measured measured = Measured.of(new Runner(options.build()).runSingle());
      progress.printf(
          Locale.ROOT,
          "%10.2f us CPU %10.2f us wall %10.0f B%n",
          measured.cpu(),
          measured.wall(),
          measured.bytes());
      return measured;
    } catch (RunnerException e) {
      throw new IllegalStateException(name + " failed", e);
    }
  }
}
