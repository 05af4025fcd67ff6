package dev.holdfast.benchmarks.tls;

import dev.holdfast.testing.Identity;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** The connector's TLS in Tomcat beside Tomcat's own, by the JDK, in one run. */
public final class TlsComparison {
  private final TlsEffort effort;
  private final PrintStream progress;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * One line.
   *
   * @param name what was done and what was counted
   * @param holdfast the connector's number
   * @param jsse the JDK's number
   * @param unit of both
   * @param moreIsBetter whether it is a rate, and no cost
   */
  public record Figure(
      String name, double holdfast, double jsse, String unit, boolean moreIsBetter) {}

  private TlsComparison(TlsEffort effort, PrintStream progress) {
    this.effort = effort;
    this.progress = progress;
  }

  /** Runs all of it; what is measured goes to the progress too. */
  public static List<Figure> run(TlsEffort effort, PrintStream progress) {
    TlsComparison comparison = new TlsComparison(effort, progress);
    comparison.run();
    return List.copyOf(comparison.figures);
  }

  private void run() {
    Client.agreeOnDetails();
    Map<ServerKey, Identity> keys = ServerKey.identities();
    Identity identity = Objects.requireNonNull(keys.get(ServerKey.EC));
    for (EngineCase each : EngineCase.values()) {
      begin(each.text());
      try {
        Map<Side, Engines.Cost> costs = each.run(effort, identity);
        add(
            each,
            Objects.requireNonNull(costs.get(Side.HOLDFAST)),
            Objects.requireNonNull(costs.get(Side.JSSE)));
      } catch (SSLException e) {
        throw new IllegalStateException(each + " failed", e);
      }
    }
    Runnable undo = Client.hurry();
    try (Rounds rounds = new Rounds(effort, keys)) {
      rounds.begin();
      for (Workload workload : Workload.values()) {
        begin(workload.text());
        Map<Side, Rounds.Outcome> outcomes = rounds.of(workload);
        add(
            workload,
            Objects.requireNonNull(outcomes.get(Side.HOLDFAST)),
            Objects.requireNonNull(outcomes.get(Side.JSSE)));
      }
    } finally {
      undo.run();
    }
  }

  private void begin(String text) {
    progress.printf("%-36s", text);
    progress.flush();
  }

  private void add(EngineCase each, Engines.Cost ours, Engines.Cost theirs) {
    String name = "TLS engine, " + each.text() + ": ";
    figure(name + "time", ours.micros(), theirs.micros(), "µs", false);
    figure(name + "bytes", ours.bytes(), theirs.bytes(), "B", false);
    progress.println();
  }

  private void add(Workload workload, Rounds.Outcome ours, Rounds.Outcome theirs) {
    String name = "TLS in Tomcat, " + workload.text() + ": ";
    double megabytes = Workload.BULK / 1e6;
    if (workload.isBulk()) {
      figure(
          name + "for a CPU second", megabytes / ours.cpu(), megabytes / theirs.cpu(), "MB", true);
      figure(name + "a second", ours.rate() * megabytes, theirs.rate() * megabytes, "MB", true);
    } else {
      figure(name + "CPU", ours.cpu() * 1e6, theirs.cpu() * 1e6, "µs", false);
      figure(name + "a second", ours.rate(), theirs.rate(), "", true);
      figure(name + "p99", ours.p99() * 1e3, theirs.p99() * 1e3, "ms", false);
    }
    progress.println();
  }

  private void figure(String name, double ours, double theirs, String unit, boolean moreIsBetter) {
    progress.printf(Locale.ROOT, "  %.2f/%.2f %s", ours, theirs, unit);
    figures.add(new Figure(name, ours, theirs, unit, moreIsBetter));
  }
}
