package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ReplayGuard;
import dev.holdfast.Sha256Digest;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an application of Holdfast's issuer, or with a manager of its own, shows while it runs. */
@Tag("verify")
class RunningApplicationTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");
  private static TestIssuer issuer;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start(PKI);
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @Test
  void anSslBundleIsTrustedForTheIssuer_andMetersCount() throws Exception {
    try (ConfigurableApplicationContext app = start(bundled(), Application.class)) {
      MeterRegistry meters = meters(app);
      String token = bound();
      assertThat(get(app, RIGHTFUL, "/me", token).statusCode()).isEqualTo(200);
      assertThat(get(app, RIGHTFUL, "/me", token).statusCode()).isEqualTo(200);
      assertThat(get(app, THIEF, "/me", token).statusCode()).isEqualTo(401);

      assertThat(decisions(meters, "allowed", "none")).isEqualTo(2);
      assertThat(decisions(meters, "refused", "binding_mismatch")).isEqualTo(1);
      assertThat(cache(meters, "miss")).isEqualTo(1);
      assertThat(cache(meters, "hit")).isEqualTo(2);
      assertThat(cache(meters, "negative_hit")).isZero();
      assertThat(cache(meters, "joined")).isZero();
      assertThat(evictions(meters)).isZero();
      assertThat(cacheSize(meters, "positive")).isEqualTo(1);
      assertThat(cacheSize(meters, "negative")).isZero();
      assertThat(meters.get("holdfast.dpop.replay.entries").gauge().value()).isZero();
      ReplayGuard guard = Objects.requireNonNull(app.getBean(Assembly.class).replayGuard());
      guard.spend(Sha256Digest.of(new byte[] {1}), Instant.now().plusSeconds(60));
      assertThat(meters.get("holdfast.dpop.replay.entries").gauge().value()).isEqualTo(1);
      assertThat(meters.get("holdfast.dpop.replay.max").gauge().value()).isEqualTo(1_000_000);
      assertThat(meters.getMeters())
          .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
    }
  }

  @Test
  void whatIsOnlyReportedIsCountedAsThat() throws Exception {
    Map<String, String> settings = bundled();
    settings.put("holdfast.policy", "report-only");
    try (ConfigurableApplicationContext app = start(settings, Application.class)) {
      MeterRegistry meters = meters(app);
      assertThat(get(app, THIEF, "/me", bound()).statusCode()).isEqualTo(200);
      assertThat(decisions(meters, "reported", "binding_mismatch")).isEqualTo(1);
    }
  }

  private static MeterRegistry meters(ConfigurableApplicationContext app) {
    MeterRegistry meters = new SimpleMeterRegistry();
    app.getBeansOfType(MeterBinder.class).values().stream()
        .filter(binder -> binder.getClass().getPackageName().startsWith("dev.holdfast.spring."))
        .forEach(binder -> binder.bindTo(meters));
    return meters;
  }

  @Test
  void anSslBundleThatTrustsAnotherAuthorityDoesNotReachTheIssuer() throws Exception {
    Map<String, String> settings = bundled();
    settings.put(
        "spring.ssl.bundle.pem.issuer.truststore.certificate",
        ThrowAwayPki.create()
            .writeTrustedCertificates(folder.resolve("other.pem"))
            .toUri()
            .toString());
    try (ConfigurableApplicationContext app = start(settings, Application.class)) {
      assertThat(get(app, RIGHTFUL, "/me", bound()).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void anUnknownSslBundleStopsTheStart_T101() {
    Map<String, String> settings = bundled();
    settings.put("holdfast.tokens.issuers[0].ssl-bundle", "isuer");
    assertThatThrownBy(() -> start(settings, Application.class))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("there is no SSL bundle \"isuer\"");
  }

  @Test
  @Tag("security7")
  void theMetadataClaimsBoundTokensOnlyWhereCertificatesAreTaken() throws Exception {
    String path = "/.well-known/oauth-protected-resource";
    String claim = "\"tls_client_certificate_bound_access_tokens\":";
    try (ConfigurableApplicationContext app = start(bundled(), Application.class)) {
      assertThat(get(app, RIGHTFUL, path, null).body()).contains(claim + "true");
    }
    Map<String, String> off = bundled();
    off.put("holdfast.policy", "off");
    try (ConfigurableApplicationContext app = start(off, Application.class)) {
      assertThat(get(app, RIGHTFUL, path, null).body()).contains(claim + "false");
    }
  }

  @Test
  void anAuthenticationManagerInTheDslIsEnforced_andErrorPagesShowNoThief_T92() throws Exception {
    Class<?>[] sources = {Application.class, OwnManager.class};
    try (ConfigurableApplicationContext app = start(Map.of(), sources)) {
      assertThat(get(app, RIGHTFUL, "/me", bound()).body()).isEqualTo("alice");
      HttpResponse<String> refused = get(app, THIEF, "/fails", bound());
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).isEmpty(); // no error page at all
      assertThat(get(app, null, "/me", bound()).statusCode()).isEqualTo(401);

      // the caller of a controller that fails is known to the error page, once confirmed
      assertThat(get(app, RIGHTFUL, "/fails", bound()).body()).isEqualTo("error for alice, token");
      // and not where the request came by a chain that looks at no token
      HttpResponse<String> open = get(app, THIEF, "/open/fails", bound());
      assertThat(open.statusCode()).isEqualTo(418);
      assertThat(open.body()).isEqualTo("error for nobody, no token");
    }
  }

  private static Map<String, String> bundled() {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].ssl-bundle", "issuer");
    settings.put(
        "spring.ssl.bundle.pem.issuer.truststore.certificate",
        PKI.writeTrustedCertificates(folder.resolve("issuer.pem")).toUri().toString());
    return settings;
  }

  private static ConfigurableApplicationContext start(
      Map<String, String> settings, Class<?>... sources) {
    return Boot.start(PKI, PKI.serverCertificate(), settings, sources);
  }

  private static String bound() {
    return issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static double decisions(MeterRegistry meters, String outcome, String refusal) {
    return meters
        .get("holdfast.decisions")
        .tags("outcome", outcome, "refusal", refusal)
        .counter()
        .count();
  }

  private static double cache(MeterRegistry meters, String result) {
    return meters
        .get("holdfast.tokens.cache.requests")
        .tag("result", result)
        .functionCounter()
        .count();
  }

  private static double cacheSize(MeterRegistry meters, String entries) {
    return meters.get("holdfast.tokens.cache.size").tag("entries", entries).gauge().value();
  }

  private static double evictions(MeterRegistry meters) {
    return meters.get("holdfast.tokens.cache.evictions").functionCounters().stream()
        .mapToDouble(FunctionCounter::count)
        .sum();
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext app, Identity caller, String path, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newBuilder()
        .sslContext(caller == null ? PKI.sslContext() : PKI.sslContext(caller))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {}

  @RestController
  static class Controller implements BootParts.Errors {
    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getName();
    }

    @GetMapping({"/fails", "/open/fails"})
    void fails(HttpServletResponse response) throws IOException {
      response.sendError(418);
    }

    @RequestMapping("/error")
    String error(HttpServletRequest request) {
      Authentication caller = SecurityContextHolder.getContext().getAuthentication();
      boolean known = caller != null && !caller.getName().equals("anonymousUser");
      return "error for "
          + (known ? caller.getName() : "nobody")
          + (request.getAttribute(HoldfastAttributes.ACCESS_TOKEN) == null
              ? ", no token"
              : ", token");
    }
  }

  @Configuration
  static class OwnManager {
    @Bean
    @Order(1)
    SecurityFilterChain open(HttpSecurity http) {
      return http.securityMatcher("/open/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) throws Exception {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withPublicKey(issuer.rsaKey().toRSAPublicKey())
              .validateType(false)
              .build();
      decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>()); // none of Spring's
      ProviderManager manager = new ProviderManager(new JwtAuthenticationProvider(decoder));
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .dispatcherTypeMatchers(DispatcherType.ERROR)
                      .permitAll()
                      .anyRequest()
                      .authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.authenticationManager(manager)))
          .build();
    }
  }
}
