package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** With {@code when-bound}: what the issuer answered counts, and not what was made of it. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("whole")
class WatchedIntrospectorTest extends ChainsFixture {

  /** Spring Security 7.1 has it, 7.0 and 6.5 have not. */
  static boolean hasTheFinalClass() {
    return ClassUtils.isPresent(
        "org.springframework.security.oauth2.server.resource.introspection"
            + ".RestClientOpaqueTokenIntrospector",
        WatchedIntrospectorTest.class.getClassLoader());
  }

  private static ConfigurableApplicationContext app(Class<?> chain, String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("holdfast.policy", "when-bound");
    properties.put("logging.level.dev.holdfast", "info");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return app("watched " + chain.getSimpleName() + String.join(",", more), properties, chain);
  }

  private static String bound() {
    return issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static String unbound() {
    return issuer.opaque(issuer.claims(null));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WatchedChains.ConvertingBean.class,
        WatchedChains.HeldInAField.class,
        WatchedChains.Extended.class,
        WatchedChains.BehindAnAspect.class,
        WatchedChains.OfTheChain.class,
        WatchedChains.OfTheChainsLines.class,
        WatchedChains.OfAManager.class
      })
  void theIssuersAnswerCountsWhateverIsMadeOfIt_C08(Class<?> chain) {
    ConfigurableApplicationContext app = app(chain);
    String bound = bound();
    assertThat(call(app, THIEF, "/me", bound).statusCode()).isEqualTo(401);
    assertThat(call(app, null, "/me", bound).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();
    assertThat(call(app, RIGHTFUL, "/me", bound).statusCode()).isEqualTo(200);
    assertThat(call(app, null, "/me", unbound()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnabledIf("hasTheFinalClass")
  @ValueSource(
      classes = {
        WatchedChains.FinalBean.class,
        WatchedChains.ConvertingFinalBean.class,
        WatchedChains.FinalInALambda.class
      })
  void theIssuersAnswerToTheFinalClassCounts_C08(Class<?> chain) {
    theIssuersAnswerCountsWhateverIsMadeOfIt_C08(chain);
  }

  @Test
  @EnabledIf("hasTheFinalClass")
  void aRuleForAnIssuerAppliesThoughTheConverterOfTheFinalClassDropsIss_C08() {
    aRuleForAnIssuerAppliesThoughTheConverterDropsIss_C08(WatchedChains.ConvertingFinalBean.class);
  }

  @ParameterizedTest
  @ValueSource(classes = {WatchedChains.ConvertingBean.class, WatchedChains.OfAManager.class})
  void aRuleForAnIssuerAppliesThoughTheConverterDropsIss_C08(Class<?> chain) {
    ConfigurableApplicationContext app =
        app(
            chain,
            "holdfast.rules[0].issuers",
            issuer.issuer(),
            "holdfast.rules[0].policy",
            "required");
    assertThat(call(app, null, "/me", unbound()).statusCode()).isEqualTo(401);
    assertThat(call(app, RIGHTFUL, "/me", bound()).statusCode()).isEqualTo(200);
  }

  @Test
  void aReportDoesNotCallABoundTokenUnbound_C08(CapturedOutput log) {
    ConfigurableApplicationContext app =
        app(WatchedChains.ConvertingBean.class, "holdfast.policy", "report-only");
    assertThat(call(app, null, "/me", bound()).statusCode()).isEqualTo(200);
    assertThat(log).contains("would be refused: BINDING_NOT_PROVEN");
  }

  @Test
  @EnabledIf("hasTheFinalClass")
  void anAnswerAboutAnotherTokenIsNotTheIssuersAboutThisOne_C08() {
    ConfigurableApplicationContext app = app(WatchedChains.ExchangedByRestClient.class);
    SilentChains.EXCHANGED.set(unbound());
    assertThat(call(app, THIEF, "/me", bound()).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();

    String presented = unbound();
    SilentChains.EXCHANGED.set(presented);
    assertThat(call(app, null, "/me", presented).statusCode()).isEqualTo(200);
  }

  /** Whoever chooses some members of an answer keeps that one, and may leave cnf out. */
  @ParameterizedTest
  @ValueSource(classes = {SilentChains.HandWritten.class, WatchedChains.HandWrittenManager.class})
  void theMemberActiveProvesNothing_C08(Class<?> chain) {
    ConfigurableApplicationContext app = app(chain);
    assertThat(call(app, THIEF, "/me", bound()).statusCode()).isEqualTo(401);
    assertThat(call(app, null, "/me", unbound()).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();
  }
}
