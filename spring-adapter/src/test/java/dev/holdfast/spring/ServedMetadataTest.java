package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Holdfast's metadata on a chain of the application's own, in place of Spring Security's (C40). */
@Tag("verify")
class ServedMetadataTest {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static TestIssuer issuer;

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start(PKI);
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  private static ConfigurableApplicationContext start(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Boot.start(PKI, PKI.serverCertificate(), settings, Application.class);
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext app, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + path));
    request.headers(headers.length == 0 ? new String[] {"Accept", "*/*"} : headers);
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext())
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void assertNamed(HttpResponse<String> refused, String address) {
    assertThat(refused.statusCode()).isEqualTo(401);
    List<String> challenges = refused.headers().allValues("WWW-Authenticate");
    assertThat(challenges)
        .hasSize(2)
        .allSatisfy(
            challenge ->
                assertThat(challenge)
                    .endsWith("resource_metadata=\"" + address + '"')
                    .containsOnlyOnce("resource_metadata"));
  }

  @Test
  void theChainsOwnEntryPointNamesHoldfastsDocument_C40() throws Exception {
    try (ConfigurableApplicationContext app =
        start(
            "holdfast.metadata.enabled", "true",
            "holdfast.metadata.resource", "https://api.example/v1")) {
      String address = "https://api.example" + WELL_KNOWN + "/v1";
      assertNamed(get(app, "/me"), address);
      assertNamed(get(app, "/me", "Authorization", "Bearer unknown"), address);
      HttpResponse<String> document = get(app, WELL_KNOWN + "/v1");
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(document.body()).startsWith("{\"resource\":\"https://api.example/v1\",");
      for (String other : List.of("/v2", "/127.0.0.1", "/v1/x")) {
        assertThat(get(app, WELL_KNOWN + other).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void behindAContextPathTheAddressInAChallengeIsServed_C40() throws Exception {
    try (ConfigurableApplicationContext app =
        start(
            "server.servlet.context-path", "/app",
            "holdfast.metadata.enabled", "true",
            "holdfast.metadata.resource", "https://api.example/app")) {
      assertNamed(get(app, "/app/me"), "https://api.example/app" + WELL_KNOWN);
      assertThat(get(app, "/app" + WELL_KNOWN).body())
          .startsWith("{\"resource\":\"https://api.example/app\",");
      assertThat(get(app, "/app" + WELL_KNOWN + "/app").statusCode()).isEqualTo(200);
    }
  }

  /** Tomcat has no servlet at the root then. */
  @Test
  void belowTheDispatchersPathTheAddressInAChallengeIsServed_C40() throws Exception {
    try (ConfigurableApplicationContext app =
        start(
            "spring.mvc.servlet.path", "/srv",
            "holdfast.metadata.resource", "https://api.example/srv/mcp")) {
      assertNamed(get(app, "/srv/mcp"), "https://api.example" + WELL_KNOWN + "/srv/mcp");
      for (String path : List.of(WELL_KNOWN, WELL_KNOWN + "/srv/mcp")) {
        assertThat(get(app, path).body())
            .startsWith("{\"resource\":\"https://api.example/srv/mcp\",");
      }
    }
  }

  /** Spring Security's chains stand there as well. */
  @Test
  void aManagementPortHasNoOtherDocument_C40() throws Exception {
    try (ConfigurableApplicationContext app =
        start(
            "management.server.port", "0",
            "management.server.ssl.enabled", "false",
            "holdfast.metadata.resource", "https://api.example/v1")) {
      String port = app.getEnvironment().getProperty("local.management.port");
      URI base = URI.create("http://127.0.0.1:" + port + WELL_KNOWN);
      HttpClient client = HttpClient.newHttpClient();
      HttpResponse<String> ours =
          client.send(HttpRequest.newBuilder(base).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(ours.body()).startsWith("{\"resource\":\"https://api.example/v1\",");
      HttpResponse<String> other =
          client.send(
              HttpRequest.newBuilder(URI.create(base + "/x")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(other.statusCode()).isEqualTo(404);
      assertThat(other.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  /** Whoever has said the name has it served, unless he says otherwise. */
  @Test
  void theNameAloneIsEnough_C40() throws Exception {
    String address = "https://api.example" + WELL_KNOWN + "/v1";
    try (ConfigurableApplicationContext app =
        start("holdfast.metadata.resource", "https://api.example/v1")) {
      assertNamed(get(app, "/me"), address);
    }
    try (ConfigurableApplicationContext app =
        start("holdfast.proxies.external-uri", "https://api.example/v1")) {
      assertNamed(get(app, "/me"), address);
      assertThat(get(app, WELL_KNOWN + "/v1").body())
          .startsWith("{\"resource\":\"https://api.example/v1\",");
    }
    try (ConfigurableApplicationContext app =
        start(
            "holdfast.proxies.external-uri", "https://api.example/v1",
            "holdfast.metadata.enabled", "false")) {
      assertThat(get(app, "/me").headers().allValues("WWW-Authenticate"))
          .isNotEmpty()
          .noneMatch(challenge -> challenge.contains("api.example"));
    }
  }

  /** A client's Host is no name, and no default makes one of it. */
  @Test
  void withoutANameTheStartStops_C40() {
    assertThatThrownBy(() -> start("holdfast.metadata.enabled", "true"))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("holdfast.metadata.resource: holdfast.metadata.enabled=true is set");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    SecurityFilterChain api(HttpSecurity http) throws Exception {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withPublicKey(issuer.rsaKey().toRSAPublicKey()).build();
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder)))
          .build();
    }
  }
}
