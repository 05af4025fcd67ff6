package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.settings.HoldfastProperties;
import dev.holdfast.spring.boot.settings.SecretSettings;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** What Boot's endpoints show of Holdfast's secrets when they are told to show all values. */
@Tag("verify")
class SecretSettingsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final String ISSUER = "holdfast.tokens.issuers[0].";

  @Test
  void endpointsShowNoSecret_C51() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("management.endpoints.web.exposure.include", "*");
    settings.put("management.endpoint.env.show-values", "always");
    settings.put("management.endpoint.configprops.show-values", "always");
    settings.put("management.server.port", "0");
    settings.put(ISSUER + "introspection.uri", "https://as.example/introspect");
    settings.put(ISSUER + "introspection.client-id", "shown-client");
    settings.put(ISSUER + "introspection.client-secret", "${KEYCLOAK:hidden-client}");
    settings.put("holdfast.dpop.nonce", "always");
    settings.put("holdfast.dpop.nonceSecret", "hidden-nonce-secret-of-32-bytes-or-more");
    settings.put("holdfast.dpop.replay.store", "redis");
    settings.put("holdfast.redis.uri", "redis://api:hidden-redis@127.0.0.1:1");
    settings.put("holdfast.cookies.names", "JSESSIONID");
    settings.put("holdfast.cookies.secrets[0]", "hidden-cookie-secret-of-32-bytes-or-more");
    settings.put("holdfast.proxies.trusted", "10.0.0.0/8");
    settings.put("holdfast.proxies.secret-header.name", "X-Shown-Header");
    settings.put("holdfast.proxies.secret-header.value", "hidden-proxy-secret");
    settings.put("KEYCLOAK", "hidden-client-by-variable");
    settings.put("some.command.line", "java --secret=hidden-client-by-variable --x");
    try (ConfigurableApplicationContext app =
        Boot.start(PKI, PKI.serverCertificate(), settings, Open.class)) {
      String base =
          "https://127.0.0.1:"
              + app.getEnvironment().getRequiredProperty("local.management.port")
              + "/actuator/";
      for (String endpoint : new String[] {"env", "configprops", "beans", "conditions"}) {
        HttpResponse<String> shown =
            HttpClient.newBuilder()
                .sslContext(PKI.sslContext())
                .build()
                .send(
                    HttpRequest.newBuilder(URI.create(base + endpoint)).build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).as(endpoint).doesNotContain("hidden-");
        if (endpoint.equals("env") || endpoint.equals("configprops")) {
          assertThat(shown.body()).contains("shown-client", "X-Shown-Header", "******");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast.tokens.issuers[0].introspection.client-secret",
        "holdfast.tokens.issuers[0].introspection.clientSecret",
        "HOLDFAST_TOKENS_ISSUERS_0_INTROSPECTION_CLIENT_SECRET",
        "HOLDFAST_TOKENS_ISSUERS_0_INTROSPECTION_CLIENTSECRET",
        "holdfast.dpop.nonce_secret",
        "holdfast.cookies.secrets",
        "holdfast.cookies.secrets[1]",
        "HOLDFAST_COOKIES_SECRETS_1",
        "holdfast.redis.uri",
        "holdfast.proxies.secret-header.value",
        "holdfast.tokens.cache.redis-uri",
        "holdfast.tokens.cache.encryption-key",
        "holdfast.tokens.issuers[0].introspection.decryption-key",
        "holdfast.events.transmitters[0].push-authorization"
      })
  void everySpellingIsKnown_C51(String name) {
    assertThat(SecretSettings.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast.policy",
        "holdfast.dpop.nonce",
        "holdfast.proxies.secret-header.name",
        "holdfast.token-binding.key-parameters",
        "my.client-secret",
        "spring.data.redis.password"
      })
  void whatIsNoSecretOfOursIsShown_C51(String name) {
    assertThat(SecretSettings.isSecret(name)).isFalse();
  }

  @Test
  void whatHoldsTheSettingsSaysNoSecret_C51() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ISSUER + "introspection.uri", "https://as.example");
    settings.put(ISSUER + "introspection.client-id", "shown-client");
    settings.put(ISSUER + "introspection.client-secret", "hidden-client");
    settings.put("holdfast.dpop.nonce-secret", "hidden-nonce");
    settings.put("holdfast.redis.uri", "redis://:hidden@h");
    settings.put("holdfast.cookies.secrets", "hidden-cookie");
    settings.put("holdfast.proxies.secret-header.name", "X");
    settings.put("holdfast.proxies.secret-header.value", "hidden-proxy");
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
    HoldfastProperties properties = HoldfastProperties.of(environment);
    assertThat(properties.toString()).doesNotContain("hidden");
    assertThat(properties.ofSpring().toString()).doesNotContain("hidden");
    assertThat(
            HoldfastProperties.settings(
                    properties.getWritten(), (issuer, bundle, certificates) -> null)
                .toString())
        .contains("shown-client")
        .doesNotContain("hidden");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Open {
    @Bean
    SecurityFilterChain open(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .with(HoldfastConfigurer.holdfast(), Customizer.withDefaults())
          .build();
    }
  }
}
