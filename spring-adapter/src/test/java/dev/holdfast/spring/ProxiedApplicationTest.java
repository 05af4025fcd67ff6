package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.meters.DecisionMeters;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Behind a proxy, with Spring Security's own users of the client's certificate. */
@Tag("whole")
class ProxiedApplicationTest {
  private static final String PROXY = "127.0.0.0/8,::1";

  /** By the chain itself, or by the one that guards its error page. */
  private static final Integer[] REFUSED = {401, 403};

  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity CLIENT = PKI.clientCertificate("CN=payments-app");
  private static final Identity HOP = PKI.clientCertificate("CN=proxy");
  private static TestIssuer issuer;

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start(PKI);
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  private static ConfigurableApplicationContext app(String trusted, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.certificate.source", "header");
    settings.put("holdfast.certificate.header.format", "rfc9440");
    settings.put("holdfast.proxies.trusted", trusted);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return Boot.start(PKI, PKI.serverCertificate(), settings, Application.class);
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext app, String path, String... headers) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext(HOP))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + path))
                .headers(headers)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String clientCert() throws Exception {
    return ':' + Base64.getEncoder().encodeToString(CLIENT.certificate().getEncoded()) + ':';
  }

  private static String bound() {
    return "Bearer " + issuer.jwt(issuer.claims(CLIENT.thumbprint()));
  }

  @Test
  void springsThumbprintCheckAndOursSeeTheSameCertificate() throws Exception {
    try (ConfigurableApplicationContext app = app(PROXY)) {
      assertThat(
              get(app, "/me", "Authorization", bound(), "Client-Cert", clientCert()).statusCode())
          .isEqualTo(200);
      assertThat(get(app, "/me", "Authorization", bound()).statusCode()).isEqualTo(401);
      String ofHop = "Bearer " + issuer.jwt(issuer.claims(HOP.thumbprint()));
      assertThat(get(app, "/me", "Authorization", ofHop).statusCode()).isEqualTo(401); // T18
    }
  }

  @Test
  void springsX509SupportSeesTheClientAndNeverTheProxy_T18() throws Exception {
    try (ConfigurableApplicationContext app = app(PROXY)) {
      assertThat(get(app, "/x509/me", "Client-Cert", clientCert()).body())
          .isEqualTo("payments-app");
      assertThat(get(app, "/x509/me", "Accept", "*/*").statusCode()).isIn((Object[]) REFUSED);
    }
  }

  /**
   * As docs/certificate-headers.md says: this application's decoder has Spring's own validators.
   */
  @Test
  void springsThumbprintCheckRefusesACertificateThatNobodyVerified() throws Exception {
    try (ConfigurableApplicationContext app =
        app(PROXY, "holdfast.certificate.accept-self-signed", "true")) {
      assertThat(get(app, "/x509/me", "Client-Cert", clientCert()).statusCode())
          .isIn((Object[]) REFUSED);
      assertThat(
              get(app, "/me", "Authorization", bound(), "Client-Cert", clientCert()).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aForgedHeaderIsCountedAndHidden_T01() throws Exception {
    try (ConfigurableApplicationContext app = app("10.0.0.0/8")) {
      MeterRegistry meters = new SimpleMeterRegistry();
      app.getBean(DecisionMeters.class).bindTo(meters);
      assertThat(
              get(app, "/me", "Authorization", bound(), "Client-Cert", clientCert()).statusCode())
          .isEqualTo(401);
      assertThat(get(app, "/x509/me", "Client-Cert", clientCert()).statusCode())
          .isIn((Object[]) REFUSED);
      assertThat(get(app, "/open", "client_cert", clientCert()).body()).isEqualTo("null null");
      assertThat(get(app, "/open", "Accept", "*/*").body()).isEqualTo("null null");
      assertThat(
              meters
                  .get("holdfast.disbelieved.headers")
                  .tag("header", "client-cert")
                  .counter()
                  .count())
          .isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "framework", "none"})
  void bootsForwardedHeadersMakeNobodyTrusted_T03(String strategy) throws Exception {
    String[] forwarded = {"server.forward-headers-strategy", strategy};
    try (ConfigurableApplicationContext app = app("10.0.0.0/8", forwarded)) {
      assertThat(get(app, "/peer", "X-Forwarded-For", "10.0.0.1").body())
          .isEqualTo(strategy.equals("none") ? "127.0.0.1" : "10.0.0.1");
      assertThat(callBy(app, "10.0.0.1")).isEqualTo(401);
    }
    try (ConfigurableApplicationContext app = app(PROXY, forwarded)) {
      assertThat(callBy(app, "203.0.113.9")).isEqualTo(200);
    }
  }

  /** The status of a call with token and certificate that says it came from this address. */
  private static int callBy(ConfigurableApplicationContext app, String address) throws Exception {
    return get(
            app,
            "/me",
            "Authorization",
            bound(),
            "Client-Cert",
            clientCert(),
            "X-Forwarded-For",
            address)
        .statusCode();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {

    /** Validates as Boot's own decoder does, Spring's thumbprint check included. */
    @Bean
    JwtDecoder decoder() throws Exception {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withPublicKey(issuer.rsaKey().toRSAPublicKey())
              .validateType(false)
              .build();
      decoder.setJwtValidator(
          JwtValidators.createDefaultWithValidators(List.of(new JwtTypeValidator("at+jwt"))));
      return decoder;
    }

    @Bean
    @Order(1)
    SecurityFilterChain x509(HttpSecurity http) {
      return http.securityMatcher("/x509/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .x509(
              x509 ->
                  x509.userDetailsService(
                      name -> User.withUsername(name).password("").roles("CLIENT").build()))
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain open(HttpSecurity http) {
      return http.securityMatcher("/open", "/peer")
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain api(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
          .build();
    }
  }

  @RestController
  static class Controller {
    @GetMapping({"/me", "/x509/me"})
    String me(Authentication authentication) {
      return authentication.getName();
    }

    @GetMapping("/open")
    String open(HttpServletRequest request) {
      return request.getHeader("Client-Cert") + " " + request.getHeader("client_cert");
    }

    @GetMapping("/peer")
    String peer(HttpServletRequest request) {
      return request.getRemoteAddr();
    }
  }
}
