package dev.holdfast.examples.stolentoken;

import dev.holdfast.examples.stolentoken.Table.Cell;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What happened.
 *
 * @param outcomes of every attempt at every API; none when the programs did not start
 */
record Report(List<Outcome> outcomes) {

  private static final List<String> TITLES =
      List.of("mechanism", "who", "what was tried", "API", "status", "verdict", "why");

  Report {
    outcomes = List.copyOf(outcomes);
  }

  /** What did not end as it must. */
  List<Outcome> failures() {
    return outcomes.stream().filter(outcome -> !outcome.verdict().expected()).toList();
  }

  /** 0 when there is something to show and nothing failed. */
  int exitStatus() {
    return outcomes.isEmpty() || !failures().isEmpty() ? 1 : 0;
  }

  void print(PrintStream out, Options options, Duration elapsed) {
    if (outcomes.isEmpty()) {
      return;
    }
    out.println();
    out.print(table(options));
    out.println(summary(elapsed));
    for (Outcome failure : failures()) {
      Colour colour = options.colours() ? Colour.RED : Colour.NONE;
      out.println(colour.paint("  ✗ " + failure.describe()));
    }
  }

  private String summary(Duration elapsed) {
    long thefts = outcomes.stream().filter(outcome -> outcome.attempt().isTheft()).count();
    long refused =
        outcomes.stream()
            .filter(outcome -> outcome.attempt().isTheft() && outcome.verdict().expected())
            .count();
    long rightful = outcomes.size() - thefts;
    long passed = outcomes.size() - failures().size() - refused;
    return String.format(
        Locale.ROOT,
        "%d of %d rightful calls passed, %d of %d thefts refused, in %.0f s.",
        passed,
        rightful,
        refused,
        thefts,
        elapsed.toMillis() / 1000.0);
  }

  private Table table(Options options) {
    List<Integer> fixed = List.of(13, 15, 7, 6, 9);
    int flexible = options.columns() - 22 - fixed.stream().mapToInt(width -> width).sum();
    int tried = flexible / 2;
    Table table =
        new Table(List.of(13, 15, tried, 7, 6, 9, flexible - tried), options.colours()).top();
    table.row(TITLES.stream().map(title -> new Cell(List.of(title), Colour.BOLD)).toList());
    boolean previousWasTheft = true;
    for (List<Outcome> group : byAttempt()) {
      boolean theft = group.get(0).attempt().isTheft();
      if (theft != previousWasTheft) {
        table.separator();
      }
      table.row(cells(group));
      previousWasTheft = theft;
    }
    return table.bottom();
  }

  private Iterable<List<Outcome>> byAttempt() {
    Map<Attempt, List<Outcome>> groups = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      groups.computeIfAbsent(outcome.attempt(), attempt -> new ArrayList<>()).add(outcome);
    }
    return groups.values();
  }

  /** One attempt: what is the same at both APIs stands once, the rest below each other. */
  private static List<Cell> cells(List<Outcome> group) {
    Attempt attempt = group.get(0).attempt();
    boolean expected = group.stream().allMatch(outcome -> outcome.verdict().expected());
    Colour colour = expected ? Colour.GREEN : Colour.RED;
    List<String> reasons = group.stream().map(outcome -> outcome.verdict().why()).toList();
    List<String> why =
        reasons.stream().distinct().count() == 1
            ? reasons.subList(0, 1)
            : group.stream().map(each -> each.api() + ": " + each.verdict().why()).toList();
    return List.of(
        Cell.of(attempt.mechanism()),
        Cell.of(attempt.who()),
        Cell.of(attempt.tried()),
        new Cell(group.stream().map(Outcome::api).toList(), Colour.NONE),
        new Cell(group.stream().map(Outcome::status).toList(), Colour.NONE),
        new Cell(group.stream().map(Report::marked).toList(), colour),
        new Cell(why, Colour.NONE));
  }

  private static String marked(Outcome outcome) {
    return (outcome.verdict().expected() ? "✓ " : "✗ ") + outcome.verdict().word();
  }
}
