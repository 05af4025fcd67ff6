package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.spring.boot.targets.RegisteredFilters;
import dev.holdfast.spring.look.UnenforcedTokensException;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A management port of its own is protected as the application's port is. */
@Tag("verify")
class ManagementPortTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity OWNER = PKI.clientCertificate("CN=owner");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");

  private static ConfigurableApplicationContext child;

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("management.server.port", "0");
    settings.put("management.endpoints.web.exposure.include", "*");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static String management(ConfigurableApplicationContext app, String scheme) {
    return scheme
        + "://127.0.0.1:"
        + app.getEnvironment().getRequiredProperty("local.management.port");
  }

  private static HttpResponse<String> send(
      Identity identity, String method, String uri, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .sslContext(identity == null ? PKI.sslContext() : PKI.sslContext(identity))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String cookies(HttpResponse<?> response) {
    return response.headers().allValues("set-cookie").stream()
        .filter(line -> !line.contains("Max-Age=0"))
        .map(line -> line.split(";", 2)[0])
        .collect(Collectors.joining("; "));
  }

  @Test
  void anUnboundSessionOpensNothingThere_C05() throws Exception {
    try (ConfigurableApplicationContext app =
        Boot.start(
            PKI,
            PKI.serverCertificate(),
            settings(
                "holdfast.cookies.names",
                "JSESSIONID",
                "holdfast.cookies.secrets",
                "a secret that is long enough for anybody"),
            FormLogin.class)) {
      String base = management(app, "https");
      HttpResponse<String> login =
          send(OWNER, "POST", base + "/login?username=alice&password=secret");
      assertThat(login.headers().allValues("set-cookie"))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).contains("Secure", "HttpOnly"));
      String cookies = cookies(login);
      assertThat(cookies).contains("JSESSIONID=", "JSESSIONID-bound=");
      assertThat(send(OWNER, "GET", base + "/actuator/beans", "Cookie", cookies).statusCode())
          .isEqualTo(200);
      for (Identity other : new Identity[] {THIEF, null}) {
        HttpResponse<String> stolen =
            send(other, "GET", base + "/actuator/beans", "Cookie", cookies);
        assertThat(stolen.statusCode()).isBetween(300, 399);
      }
      String bare = cookies.replaceAll(".*(JSESSIONID=[^;]*).*", "$1");
      assertThat(send(OWNER, "GET", base + "/actuator/beans", "Cookie", bare).statusCode())
          .as("no companion")
          .isBetween(300, 399);
      String keyless = cookies(send(null, "POST", base + "/login?username=alice&password=secret"));
      assertThat(send(null, "GET", base + "/actuator/beans", "Cookie", keyless).statusCode())
          .as("nobody without a key gets a session")
          .isBetween(300, 399);
    }
  }

  @Test
  void withoutTlsOfItsOwnNobodyGetsASessionThere_C05() throws Exception {
    try (ConfigurableApplicationContext app =
        Boot.start(
            PKI,
            PKI.serverCertificate(),
            settings(
                "management.server.ssl.enabled",
                "false",
                "management.server.base-path",
                "/manage",
                "holdfast.cookies.names",
                "JSESSIONID",
                "holdfast.cookies.secrets",
                "a secret that is long enough for anybody"),
            FormLogin.class)) {
      String base = management(app, "http") + "/manage";
      HttpResponse<String> login =
          send(null, "POST", base + "/login?username=alice&password=secret");
      assertThat(send(null, "GET", base + "/actuator/beans", "Cookie", cookies(login)).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void aStrangersHeadersAreHiddenThereToo_C05() throws Exception {
    for (String trusted : new String[] {"127.0.0.0/8,::1", "10.0.0.0/8"}) {
      boolean believed = trusted.startsWith("127");
      try (ConfigurableApplicationContext app =
          Boot.start(
              PKI,
              PKI.serverCertificate(),
              settings(
                  "holdfast.tokens.issuers[0].issuer",
                  "https://issuer.example",
                  "holdfast.tokens.issuers[0].audiences",
                  "https://api.example",
                  "holdfast.certificate.source",
                  "header",
                  "holdfast.certificate.header.format",
                  "rfc9440",
                  "holdfast.proxies.trusted",
                  trusted,
                  "holdfast.proxies.forwarding",
                  "x-forwarded",
                  "server.forward-headers-strategy",
                  "framework"),
              Open.class)) {
        String[] headers = {
          "Client-Cert",
          ':' + Base64.getEncoder().encodeToString(OWNER.certificate().getEncoded()) + ':'
        };
        for (String base :
            new String[] {management(app, "https"), "https://127.0.0.1:" + Boot.port(app)}) {
          String path = base.endsWith(":" + Boot.port(app)) ? "/seen" : "/actuator/seen";
          HttpResponse<String> seen = send(THIEF, "GET", base + path, headers);
          assertThat(seen.statusCode()).isEqualTo(200);
          assertThat(seen.body().contains(headers[1])).as(base + " " + trusted).isEqualTo(believed);
        }
      }
    }
  }

  @Test
  void theFiltersStandInTheSameOrderThere_C05() {
    try (ConfigurableApplicationContext app =
        Boot.start(
            PKI,
            PKI.serverCertificate(),
            settings(
                "holdfast.tokens.issuers[0].issuer",
                "https://issuer.example",
                "holdfast.tokens.issuers[0].audiences",
                "https://api.example",
                "holdfast.proxies.trusted",
                "10.0.0.0/8",
                "holdfast.proxies.forwarding",
                "x-forwarded",
                "holdfast.cookies.names",
                "JSESSIONID",
                "holdfast.cookies.secrets",
                "a secret that is long enough for anybody"),
            Open.class)) {
      assertThat(app.isActive()).isTrue();
      assertThat(RegisteredFilters.of(child.getBeanFactory()))
          .extracting(filter -> filter.getFilterName())
          .startsWith("holdfast-proxies")
          .containsSubsequence("holdfast-proxies", "holdfast-cookies", "springSecurityFilterChain");
    }
  }

  @Test
  void aChainThereThatTakesTokensWithoutHoldfastStopsTheStartBeforeItsServerListens_C05() {
    Listening.SERVERS.names().clear();
    assertThatThrownBy(
            () ->
                Boot.start(
                        PKI,
                        PKI.serverCertificate(),
                        settings(
                            "holdfast.tokens.issuers[0].issuer",
                            "https://issuer.example",
                            "holdfast.tokens.issuers[0].audiences",
                            "https://api.example",
                            ForeignManagementChain.PROPERTY,
                            "true"),
                        Listening.class)
                    .close())
        .hasRootCauseInstanceOf(UnenforcedTokensException.class)
        .hasStackTraceContaining("BearerTokenAuthenticationFilter");
    assertThat(Listening.SERVERS.names()).as("servers that listened").doesNotContain("management");
  }

  @Test
  void withoutSuchAChainItListens_C05() {
    Listening.SERVERS.names().clear();
    Boot.start(
            PKI,
            PKI.serverCertificate(),
            settings(
                "holdfast.tokens.issuers[0].issuer",
                "https://issuer.example",
                "holdfast.tokens.issuers[0].audiences",
                "https://api.example"),
            Listening.class)
        .close();
    assertThat(Listening.SERVERS.names()).contains("management");
  }

  /** Holdfast's own chain, and what is told of every server that takes connections. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Listening {
    static final BootParts.StartedServers SERVERS = new BootParts.StartedServers();

    @Bean
    BootParts.StartedServers servers() {
      return SERVERS;
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class FormLogin {
    @Bean
    SecurityFilterChain web(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .csrf(AbstractHttpConfigurer::disable)
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("alice").password("{noop}secret").roles("USER").build());
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Open {
    @Bean
    SecurityFilterChain open(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }

    @Bean
    Seen seen() {
      return new Seen();
    }

    @Bean
    ApplicationListener<ContextRefreshedEvent> contexts() {
      return event -> {
        if (event.getApplicationContext().getParent() != null) {
          child = (ConfigurableApplicationContext) event.getApplicationContext();
        }
      };
    }
  }

  @Endpoint(id = "seen")
  static class Seen {
    @ReadOperation
    Map<String, String> seen() {
      ServletRequestAttributes attributes =
          (ServletRequestAttributes)
              Objects.requireNonNull(RequestContextHolder.getRequestAttributes());
      return Map.of("header", "" + attributes.getRequest().getHeader("Client-Cert"));
    }
  }

  @RestController
  static class Controller {
    @GetMapping("/seen")
    String seen(HttpServletRequest request) {
      return "" + request.getHeader("Client-Cert");
    }
  }
}
