package dev.holdfast.benchmarks;

import java.util.List;

/** All filters of a Spring application: the rows of both kinds. */
record Chains(Cases cases) {
  private static final Target NOT_DEARER = Target.ofPeer("≤ 1", 1);

  /** Both sides pay for a request and a response, which is the last row. */
  List<Row> spring() {
    Measured holdfast = cases.chain("holdfast");
    Measured spring = cases.chain("spring");
    Measured nothing = cases.chain("nothing");
    String name = "Spring's filters, JWT RS256, warm: ";
    return List.of(
        new Row(name + "CPU", holdfast.cpu(), spring.cpu(), "µs", NOT_DEARER),
        new Row(name + "bytes", holdfast.bytes(), spring.bytes(), "B", NOT_DEARER),
        new Row(
            name + "CPU (peer: request and response alone)",
            holdfast.cpu(),
            nothing.cpu(),
            "µs",
            Target.NONE));
  }

  /** What both pay for is the last row's peer, and taken off in the row of the filters alone. */
  List<Row> webFlux() {
    Measured holdfast = cases.reactiveChain("holdfast");
    Measured spring = cases.reactiveChain("spring");
    Measured nothing = cases.reactiveChain("nothing");
    String name = "WebFlux, JWT RS256, warm: ";
    return List.of(
        new Row(name + "CPU", holdfast.cpu(), spring.cpu(), "µs", NOT_DEARER),
        new Row(name + "bytes", holdfast.bytes(), spring.bytes(), "B", NOT_DEARER),
        new Row(
            name + "CPU beyond a chain without tokens",
            holdfast.cpu() - nothing.cpu(),
            spring.cpu() - nothing.cpu(),
            "µs",
            Target.ofPeer("≤ 1/20", 0.05)),
        new Row(
            name + "CPU (peer: a chain without tokens)",
            holdfast.cpu(),
            nothing.cpu(),
            "µs",
            Target.NONE));
  }
}
