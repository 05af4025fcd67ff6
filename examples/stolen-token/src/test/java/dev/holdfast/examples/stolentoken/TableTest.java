package dev.holdfast.examples.stolentoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.examples.stolentoken.Table.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void aLongCellGoesOnInTheNextLine() {
    Table table = new Table(List.of(5, 6), false).top();
    table.row(List.of(Cell.of("one"), Cell.of("two three"))).bottom();

    assertThat(table.toString())
        .isEqualTo(
            """
            ┌───────┬────────┐
            │ one   │ two    │
            │       │ three  │
            └───────┴────────┘
            """);
  }

  @Test
  void aWordThatIsTooLongIsBroken() {
    Table table = new Table(List.of(4), false).row(List.of(Cell.of("thumbprint")));

    assertThat(table.toString()).isEqualTo("│ thum │\n│ bpri │\n│ nt   │\n");
  }

  @Test
  void coloursDoNotMoveTheColumns() {
    List<Cell> cells = List.of(new Cell(List.of("no"), Colour.RED), Cell.of("x"));

    assertThat(new Table(List.of(3, 1), true).row(cells).toString())
        .isEqualTo("│ \u001b[1;31mno \u001b[0m │ x │\n");
  }
}
