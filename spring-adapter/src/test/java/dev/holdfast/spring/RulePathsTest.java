package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rules with paths, in an application that runs below a context path and below {@code
 * spring.mvc.servlet.path}. The caller's token is bound to no key, so that 200 says {@code
 * when-bound} and 401 says {@code required}.
 */
@Tag("verify")
class RulePathsTest extends ChainsFixture {

  /** A stricter rule in an application that takes unbound tokens. */
  @ParameterizedTest
  @CsvSource({
    "'', '', /payments/1, 401",
    "'', '', /other, 200",
    "'', /api, /api/payments/1, 401",
    "'', /api, /api/payments, 401",
    "'', /api, /api/PAYMENTS/1, 401",
    "'', /api, /api/other, 200",
    "/shop, '', /shop/payments/1, 401",
    "/shop, '', /shop/other, 200",
    "/shop, /api, /shop/api/payments/1, 401",
    "/shop, /api, /shop/api/other, 200",
    // a second servlet stands beside the one of Spring MVC, not below its path
    "'', /api, /beside/payments, 200",
    // path parameters and encoded slashes are ambiguous: the strictest of all rules
    "'', /api, /api/payments;a=b/1, 401",
    "'', /api, /api/other;a=b, 401",
    "'', /api, /api;a=b/payments/1, 401",
    "'', /api, /api/payments%2F1, 401",
    "'', /api, /api%2Fpayments/1, 401",
    "/shop, /api, /shop;a=b/api/payments/1, 401",
    "/shop, /api, /shop/api/other/..;/payments/1, 401",
    "/shop, /api, /shop/api/%70ayments/1, 401",
  })
  void aStricterRuleHoldsBelowBothPrefixes_C89(
      String contextPath, String servletPath, String path, int status) {
    assertThat(get(app(contextPath, servletPath, "when-bound", "/payments/**", "required"), path))
        .isEqualTo(status);
  }

  /** A laxer rule in an application that takes bound tokens only. */
  @ParameterizedTest
  @CsvSource({
    "'', '', /open/1, 200",
    "'', /api, /api/open/1, 200",
    "'', /api, /api/other, 401",
    "'', /api, /beside/open, 401",
    "/shop, /api, /shop/api/open/1, 200",
    "/shop, /api, /shop/api/other, 401",
    "'', /api, /api/open/..;/other, 401",
    "'', /api, /api/open;a=b, 401",
    "'', /api, /api/open%2F..%2Fother, 401",
    "'', /api, /api/open%2F1, 401",
  })
  void aLaxerRuleHoldsThereOnly_C89(
      String contextPath, String servletPath, String path, int status) {
    assertThat(get(app(contextPath, servletPath, "required", "/open/**", "when-bound"), path))
        .isEqualTo(status);
  }

  /** Every path: also those of a second servlet, which Spring MVC does not serve. */
  @ParameterizedTest
  @CsvSource({
    "'', '', /other",
    "'', /api, /api/other",
    "'', /api, /beside/x",
    "/shop, /api, /shop/beside/x"
  })
  void aRuleForEveryPathHoldsBesideTheServletPathToo_C89(
      String contextPath, String servletPath, String path) {
    assertThat(get(app(contextPath, servletPath, "when-bound", "/**", "required"), path))
        .isEqualTo(401);
  }

  /** Spring's filter of forwarded headers puts a prefix in the place of the context path. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "", "//", ",", "/evil", "/shop", "/evil/api"})
  void aForwardedPrefixMovesNoPath(String prefix) {
    ConfigurableApplicationContext app =
        app(
            "/shop",
            "/api",
            "when-bound",
            "/payments/**",
            "required",
            Map.of("server.forward-headers-strategy", "framework"));
    String token = "Bearer " + issuer.jwt(issuer.claims(null));
    String[] fields = {"Authorization", token, "X-Forwarded-Prefix", prefix};
    assertThat(send(app, null, "/shop/api/payments/1", fields).statusCode()).isEqualTo(401);
    assertThat(send(app, null, "/shop/api/other", fields).statusCode()).isEqualTo(200);
  }

  private static ConfigurableApplicationContext app(
      String contextPath, String servletPath, String policy, String paths, String rule) {
    return app(contextPath, servletPath, policy, paths, rule, Map.of());
  }

  private static ConfigurableApplicationContext app(
      String contextPath,
      String servletPath,
      String policy,
      String paths,
      String rule,
      Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(bootJwt());
    properties.putAll(more);
    properties.put("server.servlet.context-path", contextPath);
    properties.put("spring.mvc.servlet.path", servletPath.isEmpty() ? "/" : servletPath);
    properties.put("holdfast.policy", policy);
    properties.put("holdfast.rules[0].paths", paths);
    properties.put("holdfast.rules[0].policy", rule);
    return app(
        contextPath + servletPath + policy + paths + more,
        properties,
        ExistingChains.JwtChain.class,
        Lenient.class);
  }

  private static int get(ConfigurableApplicationContext app, String path) {
    return call(app, null, path, issuer.jwt(issuer.claims(null))).statusCode();
  }

  /** Lets everything through that Spring Security and Tomcat refuse unless they are told. */
  @Configuration
  static class Lenient {
    @Bean
    HttpFirewall firewall() {
      StrictHttpFirewall firewall = new StrictHttpFirewall();
      firewall.setAllowSemicolon(true);
      firewall.setAllowUrlEncodedSlash(true);
      firewall.setAllowUrlEncodedPercent(true);
      firewall.setAllowUrlEncodedDoubleSlash(true);
      firewall.setAllowUrlEncodedPeriod(true);
      return firewall;
    }

    @Bean
    BootParts.TomcatSetup encodedSlashes() {
      return new BootParts.TomcatSetup(
          connector -> connector.setEncodedSolidusHandling("passthrough"));
    }

    @Bean
    ServletRegistrationBean<Beside> beside() {
      return new ServletRegistrationBean<>(new Beside(), "/beside/*");
    }

    @Bean
    Everything everything() {
      return new Everything();
    }
  }

  static final class Beside extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(200);
    }
  }

  @RestController
  static class Everything {
    @GetMapping({"/payments/**", "/open/**", "/other/**"})
    String here() {
      return "here";
    }
  }
}
