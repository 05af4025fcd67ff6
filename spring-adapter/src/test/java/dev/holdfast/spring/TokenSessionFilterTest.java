package dev.holdfast.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
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
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Whatever filters of the application's do with it, no session keeps what a token said. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("whole")
class TokenSessionFilterTest extends ChainsFixture {
  /** In the way of the tutorials: a new context around a richer {@code Authentication}. */
  private static final Filter ENRICHING =
      (request, response, chain) -> {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known != null && !(known instanceof AnonymousAuthenticationToken)) {
          SecurityContext context = SecurityContextHolder.createEmptyContext();
          context.setAuthentication(
              new UsernamePasswordAuthenticationToken(known.getName(), "", List.of()));
          SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
      };

  /** Stores it by itself. */
  private static Filter saving(String attribute, boolean asContext) {
    return (request, response, chain) -> {
      Authentication known = SecurityContextHolder.getContext().getAuthentication();
      if (known != null && request instanceof HttpServletRequest http) {
        Object value = asContext ? new SecurityContextImpl(known) : known;
        http.getSession().setAttribute(attribute, value);
      }
      chain.doFilter(request, response);
    };
  }

  /** And lets in whom it has stored. */
  private static void restore(HttpServletRequest request, String attribute) {
    if (request.getSession(false) != null
        && request.getSession().getAttribute(attribute) instanceof Authentication known) {
      SecurityContextHolder.getContext().setAuthentication(known);
    }
  }

  private static HttpSecurity after(HttpSecurity http, Filter filter) {
    return http.addFilterAfter(filter, BearerTokenAuthenticationFilter.class);
  }

  @Configuration(proxyBeanMethods = false)
  static class Implicit {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      http.securityContext(context -> context.requireExplicitSave(false));
      return TokenSessionsTest.chain(after(http, ENRICHING));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class IfRequired {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      http.sessionManagement(
          sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED));
      return TokenSessionsTest.chain(after(http, ENRICHING));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OneSession {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      http.sessionManagement(sessions -> sessions.maximumSessions(1));
      return TokenSessionsTest.chain(after(http, ENRICHING));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnLines {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(
          after(
              http,
              saving(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, true)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnKey {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      http.addFilterBefore(
          (request, response, chain) -> {
            restore((HttpServletRequest) request, "who");
            chain.doFilter(request, response);
          },
          BearerTokenAuthenticationFilter.class);
      return TokenSessionsTest.chain(after(http, saving("who", false)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class EitherScheme {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .securityContext(context -> context.requireExplicitSave(false))
          .oauth2ResourceServer(
              server -> ExistingChains.OwnDpop.withDpop(server.jwt(withDefaults())))
          .addFilterBefore(ENRICHING, AuthorizationFilter.class)
          .build();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Implicit.class, IfRequired.class, OneSession.class, OwnLines.class, OwnKey.class})
  void noFilterMakesALoginOfAToken(Class<?> chain, CapturedOutput output) throws Exception {
    ConfigurableApplicationContext app = app("kept-" + chain.getSimpleName(), bootJwt(), chain);
    String bearer = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> rightful =
        TokenSessionsTest.request(app, RIGHTFUL, "GET", "Authorization", bearer);
    assertThat(rightful.statusCode()).isEqualTo(200);
    assertThat(rightful.headers().firstValue("Set-Cookie")).isPresent();
    assertThat(TokenSessionsTest.withItsCookie(app, THIEF, rightful)).isEqualTo(401);
    assertThat(TokenSessionsTest.withItsCookie(app, RIGHTFUL, rightful)).isEqualTo(401);
    assertThat(output).containsOnlyOnce("A session was to keep what an access token authenticated");
  }

  /** Where it is off, tokens that are bound to nothing come in, and DPoP's as well. */
  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "DPoP"})
  void whereThePolicyIsOffNoLoginIsMadeForOtherPlaces(String scheme) throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("holdfast.rules[0].http-methods", "OPTIONS");
    settings.put("holdfast.rules[0].policy", "off");
    ConfigurableApplicationContext app = app("kept-off", settings, EitherScheme.class);
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = issuer.claims(null);
    if (scheme.equals("DPoP")) {
      claims.put("cnf", Map.of("jkt", key.thumbprint()));
    }
    String token = issuer.jwt(claims);
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/me";
    HttpResponse<String> open =
        TokenSessionsTest.request(
            app,
            RIGHTFUL,
            "OPTIONS",
            "Authorization",
            scheme + ' ' + token,
            "DPoP",
            key.proof("OPTIONS", uri, token).sign());
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.headers().firstValue("Set-Cookie")).isPresent();
    assertThat(TokenSessionsTest.withItsCookie(app, RIGHTFUL, open)).isEqualTo(401);
  }

  /** A chain of browsers and of clients: who has signed in by a password stays signed in. */
  @Configuration(proxyBeanMethods = false)
  static class Passwords {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("anna").password("{noop}a-password").roles("USER").build());
    }

    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      http.securityContext(context -> context.requireExplicitSave(false)).httpBasic(withDefaults());
      return TokenSessionsTest.chain(
          http.addFilterAfter(Passwords::enrichIfAsked, BasicAuthenticationFilter.class));
    }

    private static void enrichIfAsked(
        ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (((HttpServletRequest) request).getHeader("X-Enrich") != null) {
        ENRICHING.doFilter(request, response, chain);
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  private static HttpResponse<String> signIn(ConfigurableApplicationContext app, Identity caller)
      throws Exception {
    String basic = Base64.getEncoder().encodeToString("anna:a-password".getBytes(US_ASCII));
    HttpResponse<String> signedIn =
        TokenSessionsTest.request(app, caller, "GET", "Authorization", "Basic " + basic);
    assertThat(signedIn.statusCode()).isEqualTo(200);
    assertThat(TokenSessionsTest.withItsCookie(app, caller, signedIn)).isEqualTo(200);
    return signedIn;
  }

  @Test
  void aSessionThatAPasswordOpenedOutlivesATokenInIt() throws Exception {
    ConfigurableApplicationContext app = app("kept-passwords", bootJwt(), Passwords.class);
    HttpResponse<String> signedIn = signIn(app, RIGHTFUL);
    String cookie = signedIn.headers().firstValue("Set-Cookie").get().replaceFirst(";.*", "");
    String bearer = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> both =
        TokenSessionsTest.request(app, RIGHTFUL, "GET", "Authorization", bearer, "Cookie", cookie);
    assertThat(both.statusCode()).isEqualTo(200);
    assertThat(TokenSessionsTest.withItsCookie(app, RIGHTFUL, signedIn)).isEqualTo(200);
  }

  @Test
  void aSessionThatAPasswordOpenedIsNotTakenOver() throws Exception {
    ConfigurableApplicationContext app = app("kept-passwords", bootJwt(), Passwords.class);
    HttpResponse<String> signedIn = signIn(app, RIGHTFUL);
    String cookie = signedIn.headers().firstValue("Set-Cookie").get().replaceFirst(";.*", "");
    String bearer = "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> both =
        TokenSessionsTest.request(
            app, RIGHTFUL, "GET", "Authorization", bearer, "Cookie", cookie, "X-Enrich", "yes");
    assertThat(both.statusCode()).isEqualTo(200);
    assertThat(send(app, RIGHTFUL, "/me", "Cookie", cookie).body()).contains(" anna ");
  }
}
