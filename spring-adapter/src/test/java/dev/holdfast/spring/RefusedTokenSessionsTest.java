package dev.holdfast.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** What the application's code writes down while a token is verified is gone when it is refused. */
@Tag("whole")
class RefusedTokenSessionsTest extends ChainsFixture {
  private static SecurityFilterChain chain(
      HttpSecurity http, Consumer<Authentication> writingDown) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .securityContext(context -> context.requireExplicitSave(false))
        .httpBasic(withDefaults())
        .oauth2ResourceServer(
            server ->
                server.jwt(
                    jwt ->
                        jwt.jwtAuthenticationConverter(
                            token -> {
                              var authentication =
                                  new UsernamePasswordAuthenticationToken(
                                      token.getSubject(), "", List.of());
                              writingDown.accept(authentication);
                              return authentication;
                            })))
        .build();
  }

  @Configuration(proxyBeanMethods = false)
  static class Users {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("anna").password("{noop}a-password").roles("USER").build());
    }
  }

  /** So that auditing knows who it is. */
  @Configuration(proxyBeanMethods = false)
  static class IntoTheContext extends Users {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(
          http,
          authentication -> SecurityContextHolder.getContext().setAuthentication(authentication));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class IntoAnother extends Users {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(
          http,
          authentication -> {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authentication);
            SecurityContextHolder.setContext(context);
          });
    }
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext app, String... headers)
      throws Exception {
    return TokenSessionsTest.request(app, THIEF, "GET", headers);
  }

  private static String cookie(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Set-Cookie")
        .map(field -> field.replaceFirst(";.*", ""))
        .orElse("JSESSIONID=none");
  }

  private static String signIn(ConfigurableApplicationContext app) throws Exception {
    String basic = Base64.getEncoder().encodeToString("anna:a-password".getBytes(US_ASCII));
    HttpResponse<String> signedIn = get(app, "Authorization", "Basic " + basic);
    return cookie(signedIn);
  }

  @ParameterizedTest
  @ValueSource(classes = {IntoTheContext.class, IntoAnother.class})
  void aRefusalMakesNoLogin(Class<?> chain) throws Exception {
    ConfigurableApplicationContext app = app("refused-" + chain.getSimpleName(), bootJwt(), chain);
    String stolen = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> refused = get(app, "Authorization", stolen);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(get(app, "Cookie", cookie(refused)).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(classes = {IntoTheContext.class, IntoAnother.class})
  void aRefusalLeavesTheCallersOwnLoginAsItWas(Class<?> chain) throws Exception {
    ConfigurableApplicationContext app = app("refused-" + chain.getSimpleName(), bootJwt(), chain);
    String cookie = signIn(app);
    assertThat(get(app, "Cookie", cookie).body()).contains("anna");
    String stolen = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(get(app, "Authorization", stolen, "Cookie", cookie).statusCode()).isEqualTo(401);
    HttpResponse<String> after = get(app, "Cookie", cookie);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("anna");
  }

  /** Where it is off an unbound token comes in, and its converter has written it down before. */
  @Test
  void whereThePolicyIsOffTheSessionIsNobodysAfterwards() throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("holdfast.rules[0].http-methods", "OPTIONS");
    settings.put("holdfast.rules[0].policy", "off");
    ConfigurableApplicationContext app = app("refused-off", settings, IntoTheContext.class);
    String cookie = signIn(app);
    String unbound = "Bearer " + issuer.jwt(issuer.claims(null));
    HttpResponse<String> open =
        TokenSessionsTest.request(
            app, THIEF, "OPTIONS", "Authorization", unbound, "Cookie", cookie);
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(get(app, "Cookie", cookie).body()).doesNotContain("alice");
  }

  /** Who has signed in by a password and brings a bound token has both factors. */
  @Configuration(proxyBeanMethods = false)
  @EnableMultiFactorAuthentication(authorities = {"FACTOR_PASSWORD", "FACTOR_BEARER"})
  static class Factors extends Users {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .securityContext(context -> context.requireExplicitSave(false))
          .httpBasic(withDefaults())
          .oauth2ResourceServer(server -> server.jwt(withDefaults()))
          .build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "DPoP"})
  @Tag("security7")
  void aFactorThatWasGivenBeforeCounts(String scheme) throws Exception {
    ConfigurableApplicationContext app = app("refused-factors", bootJwt(), Factors.class);
    DpopKey key = DpopKey.create();
    boolean isDpop = scheme.equals("DPoP");
    Map<String, Object> claims = issuer.claims(isDpop ? null : THIEF.thumbprint());
    if (isDpop) {
      claims.put("cnf", Map.of("jkt", key.thumbprint()));
    }
    String token = issuer.jwt(claims);
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/me";
    String credential = scheme + ' ' + token;
    String cookie = signIn(app);
    String name = isDpop ? "DPoP" : "X-None";
    String first = isDpop ? key.proof("GET", uri, token).sign() : "-";
    String second = isDpop ? key.proof("GET", uri, token).sign() : "-";

    assertThat(get(app, "Authorization", credential, name, first).statusCode()).isNotEqualTo(200);
    assertThat(get(app, "Cookie", cookie).statusCode()).isNotEqualTo(200);
    assertThat(get(app, "Authorization", credential, name, second, "Cookie", cookie).statusCode())
        .isEqualTo(200);
  }
}
