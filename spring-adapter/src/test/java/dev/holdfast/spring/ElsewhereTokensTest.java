package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import jakarta.servlet.http.Cookie;
import java.net.http.HttpResponse;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.HeaderBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.util.WebUtils;

/** What is said of a chain that looks for tokens outside of {@code Authorization}, and is true. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("whole")
class ElsewhereTokensTest extends ChainsFixture {
  private static final String LINE = " looks for access tokens outside of Authorization: ";

  @ParameterizedTest
  @CsvSource({
    "query, the parameter access_token",
    "form, the parameter access_token",
    "field, the field x-token",
    "proxy-field, the field proxy-authorization",
    "cookie, a cookie",
    "both, the field x-token",
    "several, 'a cookie, the field x-token, the parameter access_token'"
  })
  void thePlaceIsNamedOnceAtTheStart(String resolver, String place, CapturedOutput output) {
    start(resolver, "required");
    assertThat(output).containsOnlyOnce("The chain chain (any request)" + LINE + place + ".");
  }

  @ParameterizedTest
  @CsvSource({"default", "default-in-the-dsl", "tenant", "blind"})
  void aResolverThatLooksNowhereElseIsNotNamed(String resolver, CapturedOutput output) {
    start(resolver, "required");
    assertThat(output).contains("Enforced chains: chain").doesNotContain(LINE);
  }

  /** The rightful caller: not even this one's token is taken from there. */
  @Test
  void aTokenFromElsewhereIsNotTaken() {
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    ConfigurableApplicationContext query = start("query", "required");
    assertThat(send(query, RIGHTFUL, "/me?access_token=" + token).statusCode()).isEqualTo(401);
    ConfigurableApplicationContext field = start("field", "required");
    assertThat(send(field, RIGHTFUL, "/me", "X-Token", token).statusCode()).isEqualTo(401);
    ConfigurableApplicationContext cookie = start("cookie", "required");
    assertThat(send(cookie, RIGHTFUL, "/me", "Cookie", "token=" + token).statusCode())
        .isEqualTo(401);
    ConfigurableApplicationContext off = start("field", "off");
    assertThat(send(off, RIGHTFUL, "/me", "X-Token", token).statusCode()).isEqualTo(200);
  }

  /** The policy of a request is known only with its issuer, on whatever path. */
  @Test
  void noneIsTakenUnderOffWhereARuleNamesIssuers() {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("test.resolver", "field");
    settings.put("holdfast.policy", "off");
    settings.put("holdfast.rules[0].paths", "/payments/**");
    settings.put("holdfast.rules[0].issuers", issuer.issuer());
    settings.put("holdfast.rules[0].policy", "required");
    ConfigurableApplicationContext app = app("field-issuers", settings, Chain.class);
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(send(app, RIGHTFUL, "/me", "X-Token", token).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "DPoP"})
  void besideAuthorizationItMustBeTheSameToken(String scheme) {
    ConfigurableApplicationContext app = start("cookie", "when-bound");
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = issuer.claims(null);
    if (scheme.equals("DPoP")) {
      claims.put("cnf", Map.of("jkt", key.thumbprint()));
    }
    String token = issuer.jwt(claims);
    Map<String, Object> otherClaims = issuer.claims(null);
    otherClaims.put("sub", "mallory");
    String another = issuer.jwt(otherClaims);

    assertThat(beside(app, key, scheme, token, "token=" + another).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();
    assertThat(beside(app, key, scheme, token, "token=" + token).statusCode()).isEqualTo(200);
    assertThat(beside(app, key, scheme, token, "other=1").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> beside(
      ConfigurableApplicationContext app, DpopKey key, String scheme, String token, String cookie) {
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/me";
    String proof = key.proof("GET", uri, token).sign();
    return scheme.equals("DPoP")
        ? send(app, null, "/me", "Authorization", "DPoP " + token, "DPoP", proof, "Cookie", cookie)
        : send(app, null, "/me", "Authorization", "Bearer " + token, "Cookie", cookie);
  }

  @Test
  void thePolicyOffIsSaidAndSpringsOwnChecksStay(CapturedOutput output) {
    ConfigurableApplicationContext off = start("default", "off");
    assertThat(output)
        .containsOnlyOnce("Holdfast is off: it compares no keys there.")
        .contains("is refused by Spring Security's own checks");
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(off, THIEF, "/me", token).statusCode()).isEqualTo(401);
    assertThat(call(off, RIGHTFUL, "/me", token).statusCode()).isEqualTo(200);
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", RIGHTFUL.thumbprint()));
    assertThat(call(off, null, "/me", issuer.jwt(claims)).statusCode()).isEqualTo(401);
  }

  @Test
  void elsewhereNothingIsSaidOfOff(CapturedOutput output) {
    start("default", "when-bound");
    assertThat(output).contains("Enforced chains: chain").doesNotContain("Holdfast is off");
  }

  private static ConfigurableApplicationContext start(String resolver, String policy) {
    Map<String, String> properties = new HashMap<>(bootJwt());
    properties.put("logging.level.dev.holdfast", "info");
    properties.put("holdfast.policy", policy);
    properties.put("test.resolver", resolver);
    return app(resolver + policy + System.nanoTime(), properties, Chain.class);
  }

  @Configuration
  static class Chain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, Environment environment) {
      BearerTokenResolver resolver = resolver(environment.getRequiredProperty("test.resolver"));
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(
              server -> {
                server.jwt(Customizer.withDefaults());
                if (resolver != null) {
                  server.bearerTokenResolver(resolver);
                }
              })
          .build();
    }

    private static BearerTokenResolver resolver(String name) {
      DefaultBearerTokenResolver springs = new DefaultBearerTokenResolver();
      return switch (name) {
        case "default-in-the-dsl" -> springs;
        case "query" -> {
          springs.setAllowUriQueryParameter(true);
          yield springs;
        }
        case "form" -> {
          springs.setAllowFormEncodedBodyParameter(true);
          yield springs;
        }
        case "proxy-field" -> {
          springs.setBearerTokenHeaderName("Proxy-Authorization");
          yield springs;
        }
        case "field" -> new HeaderBearerTokenResolver("X-Token");
        case "cookie" ->
            request -> {
              Cookie cookie = WebUtils.getCookie(request, "token");
              return cookie == null ? springs.resolve(request) : cookie.getValue();
            };
        case "several" ->
            request -> {
              Cookie cookie = WebUtils.getCookie(request, "token");
              String field = cookie == null ? request.getHeader("X-Token") : cookie.getValue();
              String found = field == null ? request.getParameter("access_token") : field;
              return found == null ? springs.resolve(request) : found;
            };
        case "both" ->
            request -> {
              String standard = springs.resolve(request);
              return standard == null ? request.getHeader("X-Token") : standard;
            };
        case "tenant" ->
            request -> request.getHeader("X-Tenant") == null ? null : springs.resolve(request);
        case "blind" -> request -> null;
        default -> null;
      };
    }
  }
}
