package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** With {@code when-bound}: attributes without cnf that are not the issuer's answer. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("whole")
class SilentAttributesTest extends ChainsFixture {

  private static ConfigurableApplicationContext app(Class<?> chain, String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("holdfast.policy", "when-bound");
    properties.put("logging.level.dev.holdfast", "info");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return app(chain.getSimpleName() + String.join(",", more), properties, chain);
  }

  private static String opaqueBound() {
    return issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static String opaqueUnbound() {
    return issuer.opaque(issuer.claims(null));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        SilentChains.HandWritten.class,
        SilentChains.UserInfoOfItsOwn.class,
        SilentChains.UserInfoOverASpringBean.class,
        SilentChains.HidingOpaqueConverter.class
      })
  void aStolenTokenWhoseAttributesLostTheirCnfIsRefused_C08(Class<?> chain) {
    assertThat(call(app(chain), THIEF, "/me", opaqueBound()).statusCode()).isEqualTo(401);
    assertThat(call(app(chain), null, "/me", opaqueBound()).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();
  }

  @Test
  void theLogSaysWhyAndWhatToDo_C08(CapturedOutput log) {
    ConfigurableApplicationContext fresh =
        app(SilentChains.HandWritten.class, "test.name", "fresh"); // it advises once
    call(fresh, RIGHTFUL, "/me", opaqueUnbound());
    assertThat(log)
        .contains("UNUSABLE_CONFIRMATION")
        .contains("no cnf, and nothing shows that they are the issuer's own answer")
        .contains("holdfast.tokens.attributes-without-cnf");
  }

  @Test
  void aSpringIntrospectorThatIsABeanIsSeen_C08() {
    ConfigurableApplicationContext app = app(SilentChains.UserInfoOverASpringBean.class);
    assertThat(call(app, RIGHTFUL, "/me", opaqueBound()).statusCode()).isEqualTo(200);
    assertThat(call(app, RIGHTFUL, "/me", opaqueUnbound()).statusCode()).isEqualTo(200);
  }

  /** The answer is active, and is about a token that nobody presented. */
  @Test
  void anAnswerAboutAnotherTokenIsNotTheIssuersAboutThisOne_C08() {
    ConfigurableApplicationContext app = app(SilentChains.ExchangedToken.class);
    SilentChains.EXCHANGED.set(opaqueUnbound());
    assertThat(call(app, THIEF, "/me", opaqueBound()).statusCode()).isEqualTo(401);
    assertThat(call(app, null, "/me", opaqueBound()).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();

    String presented = opaqueUnbound();
    SilentChains.EXCHANGED.set(presented);
    assertThat(call(app, null, "/me", presented).statusCode()).isEqualTo(200);
  }

  @Test
  void aSettingCanSayThatSuchAttributesMeanUnbound_C08() {
    ConfigurableApplicationContext app =
        app(SilentChains.HandWritten.class, "holdfast.tokens.attributes-without-cnf", "unbound");
    assertThat(call(app, null, "/me", opaqueUnbound()).statusCode()).isEqualTo(200);
  }

  @Test
  void reportOnlyReportsThem_C08_C45(CapturedOutput log) {
    ConfigurableApplicationContext app =
        app(SilentChains.HandWritten.class, "holdfast.policy", "report-only");
    assertThat(call(app, null, "/me", opaqueUnbound()).statusCode()).isEqualTo(200);
    assertThat(log).contains("report-only, would be refused: UNUSABLE_CONFIRMATION");
  }

  @Test
  void aDecoderThatLeavesCnfOutUnbindsNothing_C08() {
    ConfigurableApplicationContext app = app(SilentChains.DroppingDecoder.class);
    String bound = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(app, THIEF, "/me", bound).statusCode()).isEqualTo(401);
    assertThat(call(app, RIGHTFUL, "/me", bound).statusCode()).isEqualTo(200);
    assertThat(call(app, null, "/me", issuer.jwt(issuer.claims(null))).statusCode()).isEqualTo(200);
  }

  @Test
  void aJwtChainWhoseConverterHidesTheTokenReadsTheTokenItself_C08() {
    ConfigurableApplicationContext app = app(ExistingChains.HidingConverter.class);
    String bound = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(app, THIEF, "/me", bound).statusCode()).isEqualTo(401);
    assertThat(call(app, RIGHTFUL, "/me", bound).statusCode()).isEqualTo(200);
    assertThat(call(app, null, "/me", issuer.jwt(issuer.claims(null))).statusCode()).isEqualTo(200);
  }

  /** Nobody knows whether such a provider has verified the JWT or introspected it. */
  @Test
  void aProviderThatShowsNeitherJwtNorAttributesCannotSayUnbound_C08() {
    ConfigurableApplicationContext app = app(SilentChains.OwnProvider.class);
    String bound = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(app, THIEF, "/me", bound).statusCode()).isEqualTo(401);
    assertThat(call(app, RIGHTFUL, "/me", bound).statusCode()).isEqualTo(200);
    assertThat(call(app, null, "/me", issuer.jwt(issuer.claims(null))).statusCode()).isEqualTo(401);
  }

  /** The JWT has no cnf, the issuer's answer about it has. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        SilentChains.HandWritten.class,
        SilentChains.UserInfoOfItsOwn.class,
        SilentChains.UserInfoOverASpringBean.class,
        SilentChains.HidingOpaqueConverter.class
      })
  void anIntrospectedJwtWithoutCnfIsNotUnbound_C08(Class<?> chain) {
    String token = issuer.jwt(issuer.claims(null));
    issuer.introspectAs(token, issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(app(chain), THIEF, "/me", token).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "token_type, DPoP",
    "token_type, pop",
    "token_type, N_A",
    "token_type, refresh_token",
    "typ, DPoP",
    "typ, Refresh",
    "typ, ID"
  })
  void whatTheSameAnswerSaysOtherwiseIsNotSilence_C88(String name, String value) {
    for (Class<?> chain :
        new Class<?>[] {
          SilentChains.UserInfoOfItsOwn.class, SilentChains.UserInfoOverASpringBean.class
        }) {
      Map<String, Object> claims = issuer.claims(null);
      claims.put(name, value);
      Class<?> seen = chain == SilentChains.UserInfoOfItsOwn.class ? SpringsOwn.class : chain;
      assertThat(call(app(seen), null, "/me", issuer.opaque(claims)).statusCode())
          .as(seen.getSimpleName())
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "access_token"})
  void anAccessTokensTypePasses_C88(String type) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("token_type", type);
    assertThat(call(app(SpringsOwn.class), null, "/me", issuer.opaque(claims)).statusCode())
        .isEqualTo(200);
  }

  @org.springframework.context.annotation.Configuration
  static class SpringsOwn extends ExistingChains.OpaqueChain {
    @org.springframework.context.annotation.Bean
    org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector
        introspector() {
      return SilentChains.springs();
    }
  }
}
