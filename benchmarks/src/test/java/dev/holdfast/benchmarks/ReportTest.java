package dev.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("whole")
class ReportTest {

  @Test
  void theQuickRunReportsEveryCaseAndOneCallForAStampede_T84() {
    System.setProperty("jmh.ignoreLock", "true"); // its numbers are not used
    ByteArrayOutputStream progress = new ByteArrayOutputStream();

    String table = Report.of(Effort.QUICK, new PrintStream(progress, true, StandardCharsets.UTF_8));

    assertThat(table.lines().filter(line -> line.startsWith("| JWT "))).hasSize(8);
    assertThat(table.lines().filter(line -> line.startsWith("| Spring's filters, "))).hasSize(3);
    assertThat(table.lines().filter(line -> line.startsWith("| introspection, "))).hasSize(5);
    assertThat(table.lines().filter(line -> line.startsWith("| Token Binding "))).hasSize(8);
    assertThat(table.lines().filter(line -> line.startsWith("| certificate "))).hasSize(6);
    assertThat(table.lines().filter(line -> line.startsWith("| DPoP "))).hasSize(10);
    assertThat(table.lines().filter(line -> line.startsWith("| replay guard, "))).hasSize(6);
    assertThat(table.lines().filter(line -> line.startsWith("| TLS engine, "))).hasSize(16);
    assertThat(table.lines().filter(line -> line.startsWith("| TLS in Tomcat, "))).hasSize(26);
    assertThat(table)
        .containsPattern("threads, one cold token: at the issuer \\| 1 calls \\|.* \\| yes \\|")
        .doesNotContain("NaN");
  }
}
