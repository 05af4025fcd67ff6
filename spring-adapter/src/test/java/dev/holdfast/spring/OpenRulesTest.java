package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the start says of rules that open something, and of rules that never decide. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class OpenRulesTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @Test
  void aRuleThatOpensSomethingIsWarnedOfOnceAndRepeatedInTheLine_C47(CapturedOutput output) {
    web.withPropertyValues("holdfast.rules[0].paths=/public/**", "holdfast.rules[0].policy=off")
        .run(
            context ->
                assertThat(output)
                    .containsOnlyOnce(
                        "holdfast.rules[0] has policy off: bindings are NOT looked at for"
                            + " /public/**; a stolen token works there")
                    .containsOnlyOnce(
                        "Holdfast enforces policy required with 1 rule (off for /public/**),"
                            + " methods "));
  }

  @Test
  void aRuleThatNeverDecidesStopsTheStart() {
    web.withPropertyValues(
            "holdfast.rules[0].paths=/public/**",
            "holdfast.rules[0].policy=when-bound",
            "holdfast.rules[1].paths=/public/admin/**")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(
                        "holdfast.rules[1]: it never decides: holdfast.rules[0] (/public/**)"));
  }
}
