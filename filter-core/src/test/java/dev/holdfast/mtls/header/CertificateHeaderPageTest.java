package dev.holdfast.mtls.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of formats is written by hand, since it says where each fact is from. */
class CertificateHeaderPageTest {
  private static final Path PAGE = Path.of("..", "docs", "certificate-headers.md");

  /** The format's row, and those below it that go on with its other headers. */
  private static String rows(CertificateHeaderFormat format) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    StringBuilder rows = new StringBuilder();
    for (String line : lines) {
      boolean its = line.startsWith("| `" + format.propertyName() + "`");
      if (its || (!rows.isEmpty() && line.startsWith("| |"))) {
        rows.append(line).append('\n');
      } else if (!rows.isEmpty()) {
        break;
      }
    }
    return rows.toString();
  }

  @ParameterizedTest
  @EnumSource
  void thePageHasARowOfEachFormat_withItsHeaders(CertificateHeaderFormat format)
      throws IOException {
    String rows = rows(format);
    assertThat(rows)
        .withFailMessage("docs/certificate-headers.md: no row of `%s`", format.propertyName())
        .isNotEmpty();
    if (format.headerNames().isEmpty()) {
      assertThat(rows).contains("must be set");
    }
    assertThat(format.headerNames())
        .allSatisfy(name -> assertThat(rows).contains("`" + name + "`"));
    if (format.verifyName() != null) {
      assertThat(rows).contains("`" + format.verifyName() + "`: `" + format.verifyValue() + "`");
    }
  }
}
