package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Bound session cookies behind Spring Security's form login, the container's and Spring Session's.
 */
@Tag("verify")
class BoundCookieTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity OWNER = PKI.clientCertificate("CN=owner");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");
  private static final String SIGN_IN = "/login?username=alice&password=secret";

  @Test
  void theContainersSessionIsBoundAcrossFormLogin() throws Exception {
    sessionIsBound("JSESSIONID", Application.class);
  }

  @Test
  void springSessionsCookieIsBoundAcrossFormLogin() throws Exception {
    sessionIsBound("SESSION", Application.class, InMemorySessions.class);
  }

  private static void sessionIsBound(String name, Class<?>... sources) throws Exception {
    try (ConfigurableApplicationContext app = start(name, sources)) {
      Client owner = new Client(app, OWNER);
      owner.send("GET", "/me"); // a session before login, for the saved request
      assertThat(owner.cookies).containsKeys(name, name + "-bound");
      String before = owner.cookies.get(name);
      assertThat(owner.send("POST", SIGN_IN).headers().firstValue("location")).isPresent();
      assertThat(owner.cookies.get(name)).as("changed by login").isNotEqualTo(before);
      HttpResponse<String> me = owner.send("GET", "/me");
      assertThat(me.body()).isEqualTo("alice " + name);
      assertThat(me.headers().allValues("set-cookie")).isEmpty();

      for (Identity other : new Identity[] {THIEF, null}) {
        Client thief = new Client(app, other);
        thief.cookies.putAll(owner.cookies);
        HttpResponse<String> stolen = thief.send("GET", "/me");
        assertThat(stolen.statusCode()).isBetween(300, 399);
        assertThat(stolen.body()).doesNotContain("alice");
        assertThat(thief.cookies.get(name)).isNotEqualTo(owner.cookies.get(name));
        assertThat(thief.send("GET", "/me").headers().firstValue("location"))
            .as("to the login page")
            .hasValueSatisfying(location -> assertThat(location).endsWith("/login"));
      }
      Client careless = new Client(app, OWNER);
      careless.cookies.put(name, owner.cookies.get(name));
      assertThat(careless.send("GET", "/me").body()).as("no companion").doesNotContain("alice");
      assertThat(owner.send("GET", "/me").body()).isEqualTo("alice " + name);

      Map<String, String> held = Map.copyOf(owner.cookies);
      owner.send("POST", "/logout");
      owner.cookies.putAll(held);
      assertThat(owner.send("GET", "/me").statusCode()).isEqualTo(302);
    }
  }

  @Test
  void aSettingThatCannotBeSafeStopsTheStart_T101() {
    for (Map<String, String> wrong :
        java.util.List.of(
            Map.of("holdfast.cookies.secrets", "short"),
            Map.of("holdfast.cookies.names", ""),
            Map.of("holdfast.cookies.methods", "token-binding"),
            Map.of("holdfast.cookies.polcy", "required"))) {
      Map<String, String> settings = settings("JSESSIONID");
      settings.putAll(wrong);
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> Boot.start(PKI, PKI.serverCertificate(), settings, Application.class).close())
          .hasStackTraceContaining(wrong.keySet().iterator().next().substring(0, 17));
    }
  }

  private static Map<String, String> settings(String name) {
    return new HashMap<>(
        Map.of(
            "holdfast.cookies.names",
            name,
            "holdfast.cookies.secrets",
            "a secret that is long enough for anybody"));
  }

  private static ConfigurableApplicationContext start(String name, Class<?>... sources) {
    return Boot.start(PKI, PKI.serverCertificate(), settings(name), sources);
  }

  /** Keeps cookies and follows nothing. */
  private static final class Client {
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final HttpClient http;
    private final String base;

    Client(ConfigurableApplicationContext app, Identity identity) {
      http =
          HttpClient.newBuilder()
              .sslContext(identity == null ? PKI.sslContext() : PKI.sslContext(identity))
              .build();
      base = "https://127.0.0.1:" + Boot.port(app);
    }

    HttpResponse<String> send(String method, String target)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + target))
              .method(method, HttpRequest.BodyPublishers.noBody());
      if (!cookies.isEmpty()) {
        request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                .collect(Collectors.joining("; ")));
      }
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String line : response.headers().allValues("set-cookie")) {
        String[] pair = line.split(";", 2)[0].split("=", 2);
        if (line.contains("Max-Age=0")) {
          cookies.remove(pair[0]);
        } else {
          assertThat(line).contains("Secure", "HttpOnly");
          cookies.put(pair[0], pair[1]);
        }
      }
      return response;
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {
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

  @Configuration
  @EnableSpringHttpSession
  static class InMemorySessions {
    @Bean
    MapSessionRepository sessions() {
      return new MapSessionRepository(new ConcurrentHashMap<>());
    }
  }

  @RestController
  static class Controller {
    @GetMapping("/me")
    String me(Authentication authentication, HttpServletRequest request) {
      return authentication.getName() + " " + request.getCookies()[0].getName();
    }
  }
}
