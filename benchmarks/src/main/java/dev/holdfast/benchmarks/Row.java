package dev.holdfast.benchmarks;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param name what was done and what was counted
 * @param unit of both numbers
 * @param target what Holdfast set out to reach
 */
record Row(String name, double holdfast, double peer, String unit, Target target) {
  static final String HEAD =
      """
      | case | Holdfast | Spring Security | ratio | target | reached |
      |---|---:|---:|---:|---|---|
      """;

  /** A line of Markdown. */
  String markdown() {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            name,
            amount(holdfast),
            amount(peer),
            ratio(),
            target.text(),
            target.verdict(holdfast, peer));
  }

  private String ratio() {
    double ratio = holdfast / peer;
    return ratio < 0.1 ? "1/" + Math.round(1 / ratio) : String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** Three figures say enough. */
  private String amount(double value) {
    String format =
        value >= 100 || value == Math.rint(value) ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value) + " " + unit;
  }
}
