package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;

/** A browser's script in front of an enforced chain, as docs/dpop.md shows it (C33). */
@Tag("verify")
class BrowserChainTest extends ChainsFixture {
  private static final String APP = "https://app.example";

  @Configuration
  static class BrowserChain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      CorsConfiguration cors = new CorsConfiguration();
      cors.setAllowedOrigins(List.of(APP));
      cors.setAllowedMethods(List.of("GET", "POST"));
      cors.setAllowedHeaders(List.of("Authorization", "DPoP", "Content-Type"));
      cors.setExposedHeaders(List.of("DPoP-Nonce", "WWW-Authenticate"));
      return http.cors(configurer -> configurer.configurationSource(request -> cors))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  private static HttpResponse<Void> send(String method, String... fields)
      throws IOException, InterruptedException {
    ConfigurableApplicationContext app = app("browser", bootJwt(), BrowserChain.class);
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + "/me"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(fields)
                .build(),
            HttpResponse.BodyHandlers.discarding());
  }

  @Test
  void aPreflightReachesTheApplicationsCorsHandling_C33() throws Exception {
    HttpResponse<Void> allowed = preflight(APP);
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValueSatisfying(names -> assertThat(names).containsIgnoringCase("dpop"));
    assertThat(preflight("https://evil.example").statusCode()).isEqualTo(403);
    assertThat(SEEN).isEmpty();
  }

  private static HttpResponse<Void> preflight(String origin) throws Exception {
    return send(
        "OPTIONS",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "GET",
        "Access-Control-Request-Headers",
        "authorization,dpop");
  }

  @Test
  void aRefusalCanBeReadByTheScript_C33() throws Exception {
    HttpResponse<Void> refused = send("GET", "Origin", APP, "Authorization", "DPoP abc");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(refused.headers().firstValue("Access-Control-Expose-Headers"))
        .hasValueSatisfying(names -> assertThat(names).contains("DPoP-Nonce", "WWW-Authenticate"));
  }
}
