package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Scopes and the strength of the user's authentication on chains of the application's own. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class StepUpTest extends SaidFixture {
  private static final String[] RULES = {
    "holdfast.rules[0].paths", "/me,/open",
    "holdfast.rules[0].scopes", "transfer",
    "holdfast.rules[1].paths", "/async",
    "holdfast.rules[1].acr-values", "phr"
  };

  private static String granted(String scope) {
    return with(claims(RIGHTFUL.thumbprint()), "scope", scope);
  }

  private static void assertChallenged(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("Bearer error=\"" + error + "\", ");
    assertThat(SEEN).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "hasty", "advised", "tenants", "resolver"})
  void whoeverVerifiesTheTokenTheRuleIsAskedBeforeAnybodyHearsOfASuccess(String name) {
    ConfigurableApplicationContext app = app(chain(name), RULES);
    assertChallenged(call(app, RIGHTFUL, "/me", granted("accounts")), 403, "insufficient_scope");
    assertChallenged(
        call(app, RIGHTFUL, "/async", bound()), 401, "insufficient_user_authentication");
    assertThat(call(app, RIGHTFUL, "/me", granted("transfer accounts")).statusCode())
        .isEqualTo(200);
    String strong = with(claims(RIGHTFUL.thumbprint()), "acr", "phr");
    assertThat(call(app, RIGHTFUL, "/async", strong).statusCode()).isEqualTo(200);
    SEEN.clear();
    assertChallenged(call(app, THIEF, "/me", granted("accounts")), 401, "invalid_token");
  }

  @Test
  void itIsAFailureEventAnAuditEventAndALineOfTheLog(CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain("decoder"), RULES);
    call(app, RIGHTFUL, "/me", granted("accounts"));
    assertThat(SaidChains.Desk.FAILURES)
        .singleElement()
        .satisfies(
            event -> {
              RefusedTokenDetails details =
                  (RefusedTokenDetails) event.getAuthentication().getDetails();
              assertThat(details.getRefusal()).isEqualTo("INSUFFICIENT_SCOPE");
              assertThat(details.getRule()).isEqualTo("the token was not granted transfer");
              assertThat(event.getAuthentication().getName()).isEqualTo("alice");
            });
    assertThat(SaidChains.Desk.AUDITED).hasSize(1);
    assertThat(log)
        .contains("refused: INSUFFICIENT_SCOPE (\"the token was not granted transfer\"), \"GET\"");
  }

  @Test
  void theApplicationsEntryPointWritesTheBodyAndNothingElse() {
    ConfigurableApplicationContext app =
        app(SaidChains.EntryPoint.class, joined("test.entry", "problem"));
    HttpResponse<String> narrow = call(app, RIGHTFUL, "/me", granted("accounts"));
    assertChallenged(narrow, 403, "insufficient_scope");
    assertThat(narrow.body())
        .isEqualTo("{\"detail\":\"the access token lacks a scope that this request needsnull\"}");
    HttpResponse<String> weak = call(app, RIGHTFUL, "/async", bound());
    assertChallenged(weak, 401, "insufficient_user_authentication");
    assertThat(weak.body())
        .isEqualTo("{\"detail\":\"the user must authenticate again for this requestnull\"}");
  }

  private static String[] joined(String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(RULES), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  @Configuration
  static class OpenChain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers("/open")
                      .permitAll()
                      .requestMatchers("/me")
                      .hasAuthority("SCOPE_admin")
                      .anyRequest()
                      .authenticated())
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  /** The rule is for tokens; what an open path gives to nobody in particular is the chain's. */
  @Test
  void aRequestWithoutATokenIsDecidedByTheChain() {
    ConfigurableApplicationContext app = app(OpenChain.class, RULES);
    assertThat(call(app, RIGHTFUL, "/open", null).statusCode()).isEqualTo(200);
    assertChallenged(call(app, RIGHTFUL, "/open", granted("accounts")), 403, "insufficient_scope");
    assertThat(call(app, RIGHTFUL, "/me", null).statusCode()).isEqualTo(401);
  }

  /** A floor: what the application's own rules demand comes on top. */
  @Test
  void theChainsOwnRulesStillDecide() {
    ConfigurableApplicationContext app = app(OpenChain.class, RULES);
    assertThat(call(app, RIGHTFUL, "/me", granted("transfer")).statusCode()).isEqualTo(403);
    assertThat(SEEN)
        .noneMatch(seen -> seen instanceof org.springframework.security.core.Authentication);
    assertThat(call(app, RIGHTFUL, "/me", granted("transfer admin")).statusCode()).isEqualTo(200);
  }

  @Test
  void whatAnIntrospectionEndpointAnswersCounts() {
    Map<String, String> settings = new java.util.HashMap<>(bootOpaque());
    for (int i = 0; i < RULES.length; i += 2) {
      settings.put(RULES[i], RULES[i + 1]);
    }
    ConfigurableApplicationContext app =
        app("opaque step-up", settings, ExistingChains.OpaqueChain.class);
    Map<String, Object> claims = claims(RIGHTFUL.thumbprint());
    assertChallenged(
        call(app, RIGHTFUL, "/me", issuer.opaque(Map.copyOf(claims))), 403, "insufficient_scope");
    claims.put("scope", "transfer");
    String jwt = jwt(Map.copyOf(claims));
    assertThat(call(app, RIGHTFUL, "/me", issuer.opaque(Map.copyOf(claims))).statusCode())
        .isEqualTo(200);
    SEEN.clear();
    claims.put("scope", "accounts");
    issuer.introspectAs(jwt, Map.copyOf(claims));
    assertChallenged(call(app, RIGHTFUL, "/me", jwt), 403, "insufficient_scope");
  }

  /** Spring Security makes authorities of the list by casts. */
  @ParameterizedTest
  @ValueSource(strings = {"scope", "scp"})
  void aListThatIsNoListOfTextsIsRefused(String name) {
    ConfigurableApplicationContext app = app(chain("holdfast"), RULES);
    Map<String, Object> claims = claims(RIGHTFUL.thumbprint());
    claims.remove("scope");
    String token = with(claims, name, List.of("transfer", 5));
    assertChallenged(call(app, RIGHTFUL, "/me", token), 401, "invalid_token");
  }
}
