package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.holdfast.testing.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
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
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** A token is for its own request: no session of the container takes its place afterwards. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("whole")
class TokenSessionsTest extends ChainsFixture {
  static SecurityFilterChain chain(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(
            server ->
                server.jwt(
                    jwt ->
                        jwt.jwtAuthenticationConverter(
                            token ->
                                new UsernamePasswordAuthenticationToken(
                                    token.getSubject(), "", List.of()))))
        .build();
  }

  @Configuration(proxyBeanMethods = false)
  static class IfRequired {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(
          http.sessionManagement(
              sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Always {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(
          http.sessionManagement(
              sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.ALWAYS)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OneSession {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(http.sessionManagement(sessions -> sessions.maximumSessions(1)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Implicit {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(http.securityContext(context -> context.requireExplicitSave(false)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Ordinary {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(http.csrf(withDefaults()));
    }
  }

  static HttpResponse<String> request(
      ConfigurableApplicationContext app, Identity caller, String method, String... headers)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext(caller))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + "/me"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(headers)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** What a cookie of this answer opens, without a token. */
  static int withItsCookie(
      ConfigurableApplicationContext app, Identity caller, HttpResponse<String> answer)
      throws IOException, InterruptedException {
    String cookie =
        answer
            .headers()
            .firstValue("Set-Cookie")
            .map(field -> field.replaceFirst(";.*", ""))
            .orElse("JSESSIONID=none");
    return request(app, caller, "GET", "Cookie", cookie).statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {IfRequired.class, Always.class, OneSession.class, Implicit.class, Ordinary.class})
  void theSessionOfATokensRequestIsNobodysLogin(Class<?> chain) throws Exception {
    ConfigurableApplicationContext app = app("sessions-" + chain.getSimpleName(), bootJwt(), chain);
    String bearer = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> rightful = request(app, RIGHTFUL, "GET", "Authorization", bearer);
    assertThat(rightful.statusCode()).isEqualTo(200);
    assertThat(withItsCookie(app, THIEF, rightful)).isEqualTo(401);
    assertThat(withItsCookie(app, RIGHTFUL, rightful)).isEqualTo(401);
  }

  /** A planted session does not become the login of whoever brings a token along with it. */
  @Test
  void aPlantedSessionStaysNobodys() throws Exception {
    ConfigurableApplicationContext app = app("sessions-planted", bootJwt(), Implicit.class);
    String bearer = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    String planted =
        request(app, RIGHTFUL, "GET", "Authorization", bearer)
            .headers()
            .firstValue("Set-Cookie")
            .map(field -> field.replaceFirst(";.*", ""))
            .orElse("JSESSIONID=planted");
    assertThat(
            request(app, RIGHTFUL, "GET", "Authorization", bearer, "Cookie", planted).statusCode())
        .isEqualTo(200);
    assertThat(request(app, THIEF, "GET", "Cookie", planted).statusCode()).isEqualTo(401);
  }

  /** Where a weaker rule lets an unbound token pass, it opens nothing elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "report-only"})
  void aWeakerRuleOpensNoSession(String policy) throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("holdfast.rules[0].http-methods", "OPTIONS");
    settings.put("holdfast.rules[0].policy", policy);
    ConfigurableApplicationContext app = app("sessions-" + policy, settings, IfRequired.class);
    String unbound = "Bearer " + issuer.jwt(issuer.claims(null));
    assertThat(request(app, THIEF, "GET", "Authorization", unbound).statusCode()).isEqualTo(401);
    HttpResponse<String> open = request(app, THIEF, "OPTIONS", "Authorization", unbound);
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(withItsCookie(app, THIEF, open)).isEqualTo(401);
  }

  /** Where nothing is enforced anywhere, Spring Security's sessions are as without Holdfast. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "report-only"})
  void whereNothingIsEnforcedSessionsAreLeftToSpring(String policy, CapturedOutput output)
      throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("holdfast.policy", policy);
    ConfigurableApplicationContext app =
        app("sessions-all-" + policy, settings, TokenSessionFilterTest.Implicit.class);
    String unbound = "Bearer " + issuer.jwt(issuer.claims(null));
    HttpResponse<String> open = request(app, RIGHTFUL, "GET", "Authorization", unbound);
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(withItsCookie(app, RIGHTFUL, open)).isEqualTo(200);
    if (policy.equals("off")) {
      assertThat(output).doesNotContain("A session was to keep");
    } else {
      assertThat(output)
          .contains("A session was to keep what an access token authenticated")
          .contains("Holdfast only reports, and would keep it out");
    }
  }

  /** The context that Spring Security's own filter makes is stored, as the chain says. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "report-only"})
  void whereNothingIsEnforcedTheContextOfATokenIsStored(String policy) throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("holdfast.policy", policy);
    ConfigurableApplicationContext app = app("sessions-own-" + policy, settings, Implicit.class);
    String unbound = "Bearer " + issuer.jwt(issuer.claims(null));
    HttpResponse<String> open = request(app, RIGHTFUL, "GET", "Authorization", unbound);
    assertThat(withItsCookie(app, RIGHTFUL, open)).isEqualTo(200);
  }
}
