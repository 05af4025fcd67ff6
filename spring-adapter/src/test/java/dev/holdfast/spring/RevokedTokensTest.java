package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens that an operator or an event revokes, in an application of Boot's. */
@Tag("verify")
class RevokedTokensTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
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

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("management.endpoints.web.exposure.include", "holdfast");
    settings.put("management.endpoint.holdfast.access", "unrestricted");
    return settings;
  }

  private static Map<String, String> ofHoldfastsIssuer() {
    Map<String, String> settings = settings();
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].ssl-bundle", "issuer");
    settings.put(
        "spring.ssl.bundle.pem.issuer.truststore.certificate",
        PKI.writeTrustedCertificates(folder.resolve("issuer.pem")).toUri().toString());
    settings.put("holdfast.events.path", "/events");
    settings.put("holdfast.events.transmitters[0].issuer", issuer.issuer());
    settings.put("holdfast.events.transmitters[0].audiences", "receiver");
    return settings;
  }

  private static String token(String subject) {
    Map<String, Object> claims = issuer.claims(RIGHTFUL.thumbprint());
    claims.put("sub", subject);
    claims.put("sid", "session-of-" + subject);
    claims.put("client_id", "client-of-" + subject);
    claims.put("iat", System.currentTimeMillis() / 1000 - 5);
    return issuer.jwt(claims);
  }

  private static HttpResponse<String> send(
      ConfigurableApplicationContext app, String path, String token, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", type).POST(BodyPublishers.ofString(body));
    }
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext(RIGHTFUL))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int get(ConfigurableApplicationContext app, String token) throws Exception {
    return send(app, "/me", token, null, null).statusCode();
  }

  private static int revoke(ConfigurableApplicationContext app, String below, String json)
      throws Exception {
    return send(app, "/actuator/holdfast" + below, token("operator"), "application/json", json)
        .statusCode();
  }

  private static String named(String value) {
    return "{\"issuer\":\"" + issuer.issuer() + "\",\"value\":\"" + value + "\"}";
  }

  private static void assertTheOperatorRevokes(ConfigurableApplicationContext app)
      throws Exception {
    String ann = token("ann");
    String ben = token("ben");
    String cat = token("cat");
    String dan = token("dan");
    String eve = token("eve");
    for (String token : new String[] {ann, ben, cat, dan, eve}) {
      assertThat(get(app, token)).isEqualTo(200);
    }
    assertThat(revoke(app, "/subject", named("ann"))).isEqualTo(204);
    assertThat(revoke(app, "/session", named("session-of-ben"))).isEqualTo(204);
    assertThat(revoke(app, "/client", named("client-of-cat"))).isEqualTo(204);
    assertThat(revoke(app, "", "{\"token\":\"" + dan + "\"}")).isEqualTo(204);
    for (String token : new String[] {ann, ben, cat, dan}) {
      assertThat(get(app, token)).isEqualTo(401);
    }
    assertThat(get(app, eve)).isEqualTo(200);
    assertThat(revoke(app, "/everybody", named("eve"))).isEqualTo(400);
    assertThat(revoke(app, "/subject", named(" "))).isEqualTo(400);
    assertThat(revoke(app, "/subject", "{\"value\":\"eve\"}")).isEqualTo(400);
    assertThat(revoke(app, "", "{\"token\":\"no token\"}")).isEqualTo(400);
    assertThat(get(app, eve)).isEqualTo(200);
  }

  @Test
  void anOperatorRevokesTokensThatHoldfastVerifies() throws Exception {
    try (ConfigurableApplicationContext app = start(ofHoldfastsIssuer(), Application.class)) {
      assertTheOperatorRevokes(app);
      assertThat(send(app, "/actuator/holdfast/subject", null, "application/json", named("eve")))
          .extracting(HttpResponse::statusCode)
          .isIn(401, 403);
    }
  }

  @Test
  void anOperatorRevokesTokensThatSpringVerifies() throws Exception {
    try (ConfigurableApplicationContext app =
        start(settings(), Application.class, OwnDecoder.class)) {
      assertTheOperatorRevokes(app);
      String fay = token("fay");
      assertThat(get(app, fay)).isEqualTo(200);
      app.getBean(TokenEviction.class).bySubject(issuer.issuer(), "fay");
      assertThat(get(app, fay)).isEqualTo(401);
    }
  }

  /** With Boot's own chain, which protects forms by tokens of its own. */
  @Test
  void anEventIsTakenBeforeTheChainsAndCounted() throws Exception {
    try (ConfigurableApplicationContext app = start(ofHoldfastsIssuer(), Application.class)) {
      MeterRegistry meters = new SimpleMeterRegistry();
      app.getBeansOfType(MeterBinder.class).values().stream()
          .filter(binder -> binder.getClass().getPackageName().startsWith("dev.holdfast.spring."))
          .forEach(binder -> binder.bindTo(meters));
      String ann = token("ann");
      assertThat(get(app, ann)).isEqualTo(200);
      String logout = "logout_token=" + logout("ann");
      assertThat(
              send(app, "/events", null, "application/x-www-form-urlencoded", logout).statusCode())
          .isEqualTo(200);
      assertThat(get(app, ann)).isEqualTo(401);
      assertThat(outcome(meters, "revoked")).isEqualTo(1);
      assertThat(outcome(meters, "rejected")).isZero();
      assertThat(send(app, "/events", null, "application/secevent+jwt", "x").statusCode())
          .isEqualTo(400);
      assertThat(outcome(meters, "rejected")).isEqualTo(1);
    }
  }

  private static String logout(String subject) {
    long now = System.currentTimeMillis() / 1000;
    return issuer.sign(
        JWSAlgorithm.ES256,
        Map.of(
            "iss",
            issuer.issuer(),
            "jti",
            "logout-of-" + subject,
            "iat",
            now,
            "exp",
            now + 120,
            "aud",
            "receiver",
            "sub",
            subject,
            "events",
            Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
        header -> header.type(new JOSEObjectType("logout+jwt")));
  }

  private static double outcome(MeterRegistry meters, String outcome) {
    return meters.get("holdfast.events").tag("outcome", outcome).functionCounter().count();
  }

  private static ConfigurableApplicationContext start(
      Map<String, String> settings, Class<?>... sources) {
    return Boot.start(PKI, PKI.serverCertificate(), settings, sources);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {}

  @RestController
  static class Controller {
    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getName();
    }
  }

  @Configuration
  static class OwnDecoder {
    @Bean
    SecurityFilterChain api(HttpSecurity http) throws Exception {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withPublicKey(issuer.rsaKey().toRSAPublicKey())
              .validateType(false)
              .build();
      decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>()); // none of Spring's
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder)))
          .build();
    }
  }
}
