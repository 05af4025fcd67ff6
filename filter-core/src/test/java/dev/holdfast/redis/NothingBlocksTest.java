package dev.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An event loop may decide: neither the issuer nor Redis is waited for on its thread. A blocking
 * detector looks, in a JVM of its own, because it changes classes of the JDK.
 */
@Tag("whole")
class NothingBlocksTest {
  private static String run(String... arguments) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:+AllowRedefinitionToAddDeleteMethods",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EventLoopProgram.class.getName()),
                        Stream.of(arguments))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"alone", "sharing"})
  void anEventLoopDecidesAboutJwtsAndOpaqueTokens(String how) throws Exception {
    String output = run(how);
    assertThat(output).doesNotContain("BlockingOperationError");
    assertThat(output.lines().filter(line -> line.matches("(allowed|refused).*")))
        .as(output)
        .containsExactlyElementsOf(
            List.of(
                "allowed",
                "refused DPOP_PROOF_SPENT",
                "allowed",
                "allowed",
                "refused DPOP_PROOF_SPENT",
                "allowed"));
  }

  /** So that the detector is known to look. */
  @Test
  void aCallThatTheAskingThreadMakesIsFound() throws Exception {
    assertThat(run("blocking")).contains("BlockingOperationError");
  }
}
