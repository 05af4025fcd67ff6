package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.answers.CsrfExemption;
import dev.holdfast.testing.DpopKey;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;

/** Spring Security's default protection against CSRF, on chains that take DPoP. */
@Tag("verify")
class CsrfTest extends ChainsFixture {

  @Configuration
  static class Payments {
    @Bean
    Desk desk() {
      return new Desk();
    }
  }

  @RestController
  static class Desk {
    @PostMapping("/pay")
    String pay() {
      return "paid";
    }
  }

  /** A browser's session may act here too, so that the protection has to stay. */
  @Configuration
  static class Open {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }

  /** Spring Security takes a cookie's token here, and asks for no CSRF token then. */
  @Configuration
  static class TokensInCookies {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return inCookies(http).build();
    }

    static HttpSecurity inCookies(HttpSecurity http) {
      BearerTokenResolver fields = new DefaultBearerTokenResolver();
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenResolver(
                          request -> {
                            Cookie cookie = WebUtils.getCookie(request, "token");
                            return cookie == null ? fields.resolve(request) : cookie.getValue();
                          })
                      .opaqueToken(Customizer.withDefaults()));
    }
  }

  /** The same without sessions' logins, and so without CSRF protection. */
  @Configuration
  static class WithoutCsrf {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return TokensInCookies.inCookies(http).csrf(csrf -> csrf.disable()).build();
    }
  }

  /** It takes no access tokens: what the field says is not checked by anybody. */
  @Configuration
  static class WithoutTokens {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }
  }

  private static ConfigurableApplicationContext chain(Class<?> chain) {
    return app("csrf-" + chain.getSimpleName(), bootOpaque(), chain, Payments.class);
  }

  private static HttpResponse<String> post(ConfigurableApplicationContext app, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(app)).POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext())
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(ConfigurableApplicationContext app) {
    return URI.create("https://127.0.0.1:" + Boot.port(app) + "/pay");
  }

  private static String token(DpopKey key) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    return issuer.opaque(claims);
  }

  @ParameterizedTest
  @ValueSource(classes = {ExistingChains.OpaqueChain.class, LateChains.Company.class, Open.class})
  void aPostWithAGoodProofNeedsNoCsrfToken(Class<?> chain) throws Exception {
    ConfigurableApplicationContext app = chain(chain);
    DpopKey key = DpopKey.create();
    String token = token(key);
    for (String scheme : new String[] {"DPoP ", "dpop "}) {
      String proof = key.proof("POST", uri(app).toString(), token).sign();
      HttpResponse<String> paid = post(app, "Authorization", scheme + token, "DPoP", proof);
      assertThat(paid.statusCode()).isEqualTo(200);
      assertThat(paid.body()).isEqualTo("paid");
    }
    String stolen = DpopKey.create().proof("POST", uri(app).toString(), token).sign();
    HttpResponse<String> thief = post(app, "Authorization", "DPoP " + token, "DPoP", stolen);
    assertThat(thief.statusCode()).isEqualTo(401);
    assertThat(thief.headers().allValues("WWW-Authenticate"))
        .anyMatch(challenge -> challenge.startsWith("DPoP error=\"invalid_token\""));
  }

  @Test
  void aPostWithoutTheFieldNeedsItsCsrfTokenAsBefore() throws Exception {
    ConfigurableApplicationContext app = chain(Open.class);
    assertThat(post(app).statusCode()).isIn(401, 403);
    assertThat(post(app, "DPoP", "x.y.z").statusCode()).isIn(401, 403);
    assertThat(post(app, "Cookie", "JSESSIONID=abc").statusCode()).isIn(401, 403);
  }

  /** Holdfast takes no token from there, so that the session's login would act without one. */
  @Test
  void aTokenInAnotherPlaceIsNoWayAroundCsrfTokens() throws Exception {
    ConfigurableApplicationContext app = chain(TokensInCookies.class);
    DpopKey key = DpopKey.create();
    for (String token : new String[] {"junk", token(key)}) {
      HttpResponse<String> forged = post(app, "Cookie", "token=" + token);
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.body()).doesNotContain("paid");
    }
    assertThat(post(app, "Cookie", "other=junk").statusCode()).isIn(401, 403);
    String token = token(key);
    String proof = key.proof("POST", uri(app).toString(), token).sign();
    assertThat(post(app, "Authorization", "DPoP " + token, "DPoP", proof).body()).isEqualTo("paid");
  }

  /** There nobody takes the token, so that the session's login would act without a CSRF token. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "rule", "rule-of-the-issuer"})
  void whereThePolicyIsOffSpringsProtectionStays(String where) throws Exception {
    Map<String, String> settings = new HashMap<>(bootOpaque());
    if (where.equals("off")) {
      settings.put("holdfast.policy", "off");
    } else {
      settings.put("holdfast.rules[0].paths", "/pay");
      settings.put("holdfast.rules[0].policy", "off");
    }
    if (where.equals("rule-of-the-issuer")) {
      settings.put("holdfast.rules[0].issuers", issuer.issuer());
    }
    ConfigurableApplicationContext app =
        app("csrf-off-" + where, settings, Open.class, Payments.class);
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = key.proof("POST", uri(app).toString(), token).sign();
    HttpResponse<String> forged = post(app, "Authorization", "DPoP " + token, "DPoP", proof);
    assertThat(forged.statusCode()).isIn(401, 403);
    assertThat(forged.body()).doesNotContain("paid");
    assertThat(post(app, "Authorization", "DPoP x").statusCode()).isIn(401, 403);
  }

  @Test
  void withoutThatProtectionTheTokenElsewhereIsOnlyIgnored() throws Exception {
    ConfigurableApplicationContext app = chain(WithoutCsrf.class);
    assertThat(post(app, "Cookie", "token=junk").body()).isEqualTo("paid");
    assertThat(post(app).body()).isEqualTo("paid");
  }

  @Test
  void aChainThatTakesNoTokensKeepsItsProtection() throws Exception {
    ConfigurableApplicationContext app =
        app(
            "csrf-none",
            Map.of(
                "holdfast.cookies.names",
                "SID",
                "holdfast.cookies.secrets",
                "0123456789".repeat(4)),
            WithoutTokens.class,
            Payments.class);
    assertThat(post(app, "Authorization", "DPoP abc", "DPoP", "x.y.z").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "DPoP abc,none,true",
        "dPOP abc,none,true",
        "DPoP abc,DPoP abc,false",
        "DPoP abc,Basic abc,false",
        "Basic abc,none,false",
        "DPoPx abc,none,false",
        "DPoP,none,false",
        "none,none,false"
      })
  void exactlyOneFieldOfThatSchemeIsExempt(String first, String second, boolean isExempt) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/pay");
    for (String field : new String[] {first, second}) {
      if (field != null) {
        request.addHeader("Authorization", field);
      }
    }
    assertThat(new CsrfExemption(any -> true).matches(request)).isEqualTo(isExempt);
    assertThat(new CsrfExemption(any -> false).matches(request)).isFalse();
  }
}
