package dev.holdfast.examples.stolentoken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Draws rows in boxes; a cell that is too long for its column goes on in the next line. */
final class Table {

  /**
   * A cell.
   *
   * @param lines its text; each line is broken where it is too long
   * @param colour of all of it
   */
  record Cell(List<String> lines, Colour colour) {
    Cell {
      lines = List.copyOf(lines);
    }

    static Cell of(String text) {
      return new Cell(List.of(text), Colour.NONE);
    }
  }

  private final List<Integer> widths;
  private final boolean colours;
  private final StringBuilder drawn = new StringBuilder();

  Table(List<Integer> widths, boolean colours) {
    this.widths = List.copyOf(widths);
    this.colours = colours;
  }

  Table top() {
    return rule("┌", "┬", "┐");
  }

  Table separator() {
    return rule("├", "┼", "┤");
  }

  Table bottom() {
    return rule("└", "┴", "┘");
  }

  private Table rule(String left, String middle, String right) {
    List<String> lines = widths.stream().map(width -> "─".repeat(width + 2)).toList();
    drawn.append(left).append(String.join(middle, lines)).append(right).append('\n');
    return this;
  }

  Table row(List<Cell> cells) {
    List<List<String>> wrapped = new ArrayList<>();
    for (int column = 0; column < cells.size(); column++) {
      int width = widths.get(column);
      wrapped.add(
          cells.get(column).lines().stream().flatMap(line -> wrap(line, width).stream()).toList());
    }
    int height = Collections.max(wrapped.stream().map(List::size).toList());
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < cells.size(); column++) {
        List<String> lines = wrapped.get(column);
        String text = line < lines.size() ? lines.get(line) : "";
        String padded = text + " ".repeat(Math.max(0, widths.get(column) - text.length()));
        Colour colour = colours ? cells.get(column).colour() : Colour.NONE;
        drawn.append("│ ").append(colour.paint(padded)).append(' ');
      }
      drawn.append("│\n");
    }
    return this;
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
      while (line.length() > width) {
        lines.add(line.substring(0, width));
        line.delete(0, width);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public String toString() {
    return drawn.toString();
  }
}
