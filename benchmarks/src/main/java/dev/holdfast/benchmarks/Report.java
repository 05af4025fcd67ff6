package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.tls.TlsComparison;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the comparisons and prints one Markdown table on the standard output, progress on the
 * standard error. With {@code --quick} it only shows that everything works; with names, such as
 * {@code dpop replay}, it runs those alone.
 */
public final class Report {
  private static final Target HUNDREDTH = Target.ofPeer("≤ 1/100", 0.01);
  private static final Target NOT_DEARER = Target.ofPeer("≤ 1", 1);
  private static final Target NOT_SLOWER = Target.rateOfPeer("≥ 1", 1);
  private static final String BARE = " (peer: the bare signature check)";

  private static final int MILLION = 1_000_000;

  private final Effort effort;
  private final Cases cases;
  private final PrintStream progress;
  private final List<Row> rows = new ArrayList<>();
  private final List<RuntimeException> failures = new ArrayList<>();

  private Report(Effort effort, PrintStream progress) {
    this.effort = effort;
    this.progress = progress;
    this.cases = new Cases(effort, progress);
  }

  /** The command line: nothing, {@code --quick}, or names of comparisons. */
  public static void main(String[] arguments) {
    List<String> options = List.of(arguments);
    boolean quick = options.equals(List.of("--quick"));
    Report report = new Report(quick ? Effort.QUICK : Effort.FULL, System.err);
    System.out.print(report.table(quick ? List.of() : options));
    report.failIfOneFailed();
  }

  /** The table of all comparisons. */
  static String of(Effort effort, PrintStream progress) {
    Report report = new Report(effort, progress);
    String table = report.table(List.of());
    report.failIfOneFailed();
    return table;
  }

  private String table(List<String> wanted) {
    Map<String, Runnable> comparisons = new LinkedHashMap<>();
    comparisons.put("jwt", this::jwt);
    comparisons.put("spring", () -> rows.addAll(new Chains(cases).spring()));
    comparisons.put("webflux", () -> rows.addAll(new Chains(cases).webFlux()));
    comparisons.put("introspection", this::introspection);
    comparisons.put("token-binding", this::tokenBinding);
    comparisons.put("dpop", this::dpop);
    comparisons.put("certificates", this::certificates);
    comparisons.put("replay", this::replays);
    comparisons.put("storms", this::storms);
    comparisons.put("tls", this::tls);
    if (!comparisons.keySet().containsAll(wanted)) {
      throw new IllegalArgumentException("--quick, or any of " + comparisons.keySet());
    }
    comparisons.forEach(
        (name, comparison) -> {
          if (wanted.isEmpty() || wanted.contains(name)) {
            attempt(name, comparison);
          }
        });
    StringBuilder text = new StringBuilder(environment()).append(Row.HEAD);
    rows.forEach(row -> text.append(row.markdown()));
    return text.toString();
  }

  /** What the others have measured is printed all the same. */
  private void attempt(String name, Runnable comparison) {
    try {
      comparison.run();
    } catch (RuntimeException e) {
      progress.printf("%n%s failed: %s%n", name, e);
      failures.add(new IllegalStateException(name + " failed", e));
    }
  }

  private void failIfOneFailed() {
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void jwt() {
    for (String algorithm : List.of("RS256", "ES256")) {
      warm(algorithm);
      cold(algorithm);
    }
  }

  private void tokenBinding() {
    for (String keyParameters : List.of("ecdsap256", "rsa2048_pkcs1.5")) {
      tokenBinding(keyParameters);
    }
  }

  private static String environment() {
    return "\nJDK %s (%s), %d cores, %s\n\n"
        .formatted(
            System.getProperty("java.vm.version"),
            System.getProperty("java.vm.vendor"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"));
  }

  private void warm(String algorithm) {
    Measured holdfast = cases.warm("holdfast", algorithm);
    Measured spring = cases.warm("spring", algorithm);
    String name = "JWT " + algorithm + ", warm: ";
    rows.add(new Row(name + "CPU", holdfast.cpu(), spring.cpu(), "µs", HUNDREDTH));
    rows.add(
        new Row(
            name + "bytes beyond the header string",
            holdfast.bytes(),
            spring.bytes(),
            "B",
            Target.atMost("≤ 256 B", 256)));
  }

  private void cold(String algorithm) {
    Measured holdfast = cases.cold("holdfast", algorithm);
    Measured spring = cases.cold("spring", algorithm);
    String name = "JWT " + algorithm + ", cold: ";
    rows.add(new Row(name + "CPU", holdfast.cpu(), spring.cpu(), "µs", NOT_DEARER));
    rows.add(new Row(name + "bytes", holdfast.bytes(), spring.bytes(), "B", NOT_DEARER));
  }

  private void introspection() {
    Measured spring = cases.introspection("spring");
    Measured hit = cases.introspection("holdfastHit");
    Measured miss = cases.introspection("holdfastMiss");
    rows.add(new Row("introspection, hit: CPU", hit.cpu(), spring.cpu(), "µs", HUNDREDTH));
    rows.add(new Row("introspection, hit: bytes", hit.bytes(), spring.bytes(), "B", Target.NONE));
    rows.add(new Row("introspection, miss: CPU", miss.cpu(), spring.cpu(), "µs", NOT_DEARER));
    rows.add(new Row("introspection, miss: wall", miss.wall(), spring.wall(), "µs", Target.NONE));
    rows.add(new Row("introspection, miss: bytes", miss.bytes(), spring.bytes(), "B", Target.NONE));
  }

  /** The peers here are the bare signature check, and token-binding-java for the message alone. */
  private void tokenBinding(String keyParameters) {
    Measured signature = cases.tokenBinding("signature", keyParameters);
    Measured first = cases.tokenBinding("first", keyParameters);
    Measured later = cases.tokenBinding("later", keyParameters);
    Measured message = cases.tokenBinding("message", keyParameters);
    Measured peer = cases.tokenBinding("peer", keyParameters);
    String name = "Token Binding " + keyParameters + ", ";
    Target signatureAndFifth = Target.ofPeer("≤ 1.2", 1.2);
    Target microsecond = Target.atMost("≤ 1 µs", 1);
    Target bytes = Target.atMost("≤ 256 B", 256);
    rows.add(
        new Row(
            name + "first request: CPU" + BARE,
            first.cpu(),
            signature.cpu(),
            "µs",
            signatureAndFifth));
    rows.add(new Row(name + "later: CPU" + BARE, later.cpu(), signature.cpu(), "µs", microsecond));
    rows.add(new Row(name + "later: bytes" + BARE, later.bytes(), signature.bytes(), "B", bytes));
    rows.add(
        new Row(
            name + "message alone: CPU (peer: token-binding-java)",
            message.cpu(),
            peer.cpu(),
            "µs",
            NOT_DEARER));
  }

  /** The peers here are the bare signature check, Spring's decoder and Nimbus' verifier. */
  private void dpop() {
    for (String provider : providers()) {
      Measured holdfast = cases.dpop("holdfast", provider, 1);
      Measured signature = cases.dpop("signature", provider, 1);
      Measured spring = cases.dpop("spring", provider, 1);
      Measured nimbus = cases.dpop("nimbus", provider, 1);
      String name = "DPoP ES256 by " + provider + ": ";
      Target bare = Target.ofPeer("≤ 1.25", 1.25);
      Target quarter = Target.ofPeer("≤ 1/4", 0.25);
      Target room = provider.equals("ACCP") ? Target.atMost("≤ 3 kB", 3072) : Target.NONE;
      rows.add(new Row(name + "CPU" + BARE, holdfast.cpu(), signature.cpu(), "µs", bare));
      rows.add(new Row(name + "CPU", holdfast.cpu(), spring.cpu(), "µs", quarter));
      rows.add(
          new Row(name + "CPU (peer: Nimbus)", holdfast.cpu(), nimbus.cpu(), "µs", NOT_DEARER));
      rows.add(new Row(name + "bytes", holdfast.bytes(), spring.bytes(), "B", room));
    }
    for (int keys : new int[] {1000, 100_000}) {
      Measured holdfast = cases.dpop("holdfast", "BC", keys);
      Measured signature = cases.dpop("signature", "BC", keys);
      String name = "DPoP ES256 by BC, %,d keys in turn: CPU".formatted(keys);
      Target bare = Target.ofPeer("≤ 1.25", 1.25);
      rows.add(new Row(name + BARE, holdfast.cpu(), signature.cpu(), "µs", bare));
    }
  }

  /** ACCP is native code, and not for every machine. */
  private static List<String> providers() {
    try {
      DpopSpecimen.provider("ACCP");
      return List.of("JDK", "BC", "ACCP");
    } catch (IllegalStateException absent) {
      return List.of("JDK", "BC");
    }
  }

  /** The peer here is the certificate of a TLS connection that ends at the API. */
  private void certificates() {
    for (int clients : new int[] {1, 1000, 100_000}) {
      Measured tls = cases.certificate("tls", clients);
      Measured header = cases.certificate("header", clients);
      String name = "certificate in a header, %,d in turn: ".formatted(clients);
      Target target = Target.above("≤ 2 µs more", 2);
      String peer = "CPU (peer: the TLS layer's)";
      rows.add(new Row(name + peer, header.cpu(), tls.cpu(), "µs", target));
      rows.add(new Row(name + "bytes", header.bytes(), tls.bytes(), "B", Target.NONE));
    }
  }

  /** The peers of Spring and Nimbus grow while they are measured: not from ten million on. */
  private void replays() {
    for (int live : effort.liveProofs()) {
      Measured ours = cases.replay(ReplayStores.HOLDFAST, live);
      double bytes = ReplayStores.HOLDFAST.bytesPerEntry(live);
      Target target = live == MILLION ? Target.atMost("≤ 0.3 µs", 0.3) : Target.NONE;
      Target room = live == MILLION ? Target.atMost("≤ 40 B", 40) : Target.NONE;
      for (ReplayStores kind : ReplayStores.values()) {
        if (kind != ReplayStores.HOLDFAST && (live <= MILLION || kind == ReplayStores.CAFFEINE)) {
          String name = "replay guard, %,d live (peer: %s): ".formatted(live, kind.text());
          double peers = kind.bytesPerEntry(live);
          rows.add(new Row(name + "CPU", ours.cpu(), cases.replay(kind, live).cpu(), "µs", target));
          rows.add(new Row(name + "heap for each", bytes, peers, "B", room));
        }
      }
    }
  }

  private void storms() {
    String herd = "%,d %s threads, one cold token: ".formatted(effort.herd(), Storm.threads());
    String many = "%,d %s threads, a token each: ".formatted(effort.distinct(), Storm.threads());
    try (Storms storms = new Storms(effort, progress)) {
      Storms.Outcome ours = storms.holdfastStampede();
      Storms.Outcome peers = storms.springStampede();
      Target one = Target.atMost("1 call", 1);
      rows.add(new Row(herd + "at the issuer", ours.calls(), peers.calls(), "calls", one));
      rows.add(new Row(herd + "wall", ours.millis(), peers.millis(), "ms", Target.NONE));
      ours = storms.holdfastDistinct();
      peers = storms.springDistinct();
      rows.add(new Row(many + "wall", ours.millis(), peers.millis(), "ms", Target.NONE));
    }
  }

  /** The peer here is the JDK's TLS in the same container. */
  private void tls() {
    for (TlsComparison.Figure figure : TlsComparison.run(effort.tls(), progress)) {
      Target target = figure.moreIsBetter() ? NOT_SLOWER : NOT_DEARER;
      boolean bytes = figure.unit().equals("B");
      rows.add(
          new Row(
              figure.name() + " (peer: JSSE)",
              figure.holdfast(),
              figure.jsse(),
              figure.unit(),
              bytes ? Target.NONE : target));
    }
  }
}
