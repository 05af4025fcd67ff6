package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.failures.Failures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The look at the start sees through Spring's proxies, wherever they stand. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class ProxiedManagersTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @ParameterizedTest
  @ValueSource(
      classes = {
        ProxiedManagers.Given.class,
        ProxiedManagers.GivenLater.class,
        ProxiedManagers.OfBasic.class,
        ProxiedManagers.Processing.class,
        ProxiedManagers.LaterInjected.class,
        ProxiedManagers.Observed.class,
        ProxiedManagers.InTheParent.class,
        ProxiedManagers.InARecord.class,
        ProxiedManagers.ChosenByTheRequest.class,
        ProxiedManagers.Advised.class,
        ProxiedManagers.Opaque.class,
        ProxiedManagers.OpaqueByClass.class,
        ProxiedManagers.HeldByAnother.class
      })
  void aManagerForAccessTokensBehindAProxyStopsTheStart(Class<?> chain) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = Failures.ofTokens(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .startsWith("The chain \"legacy\" (any request) takes access tokens by a filter");
            });
  }

  @Test
  @Tag("security7")
  void springSecuritysConverterBehindAProxyStopsTheStart() {
    aManagerForAccessTokensBehindAProxyStopsTheStart(ProxiedManagers.BearerConverter.class);
  }

  @Test
  void aManagerThatCannotBeLookedAtStopsTheStart() {
    web.withUserConfiguration(ProxiedManagers.OfARequest.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = Failures.ofTokens(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .contains("has a filter that Holdfast cannot look at")
                  .contains(
                      "the AuthenticationManager behind this proxy cannot be had at the start");
              assertThat(analysis.getAction())
                  .contains("and an AuthenticationManager, that is there");
            });
  }

  @Test
  void aChainBehindAProxyIsNamedByWhatItServes(CapturedOutput output) {
    web.withUserConfiguration(ProxiedManagers.ScopedChain.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains("legacy (any request)").contains("Not covered: nothing");
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {ProxiedManagers.OtherCredentials.class, ProxiedManagers.NoManager.class})
  void aManagerBehindAProxyThatVerifiesNoAccessTokensStartsAsBefore(Class<?> chain) {
    web.withUserConfiguration(chain).run(context -> assertThat(context).hasNotFailed());
  }
}
