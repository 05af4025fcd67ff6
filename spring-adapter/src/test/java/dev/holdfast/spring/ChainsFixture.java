package dev.holdfast.spring;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications with chains of their own, who calls them, and what their code got to see. */
abstract class ChainsFixture {
  static final ThrowAwayPki PKI = ThrowAwayPki.create();
  static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
  static final Identity THIEF = PKI.clientCertificate("CN=thief");
  static final List<Object> SEEN = new CopyOnWriteArrayList<>();
  private static final Map<String, ConfigurableApplicationContext> STARTED =
      new ConcurrentHashMap<>();
  private static SSLContext jvmDefault;
  static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    jvmDefault = SSLContext.getDefault();
    SSLContext.setDefault(PKI.sslContext()); // Spring's own decoders trust the JVM's default
    HttpsURLConnection.setDefaultSSLSocketFactory(PKI.sslContext().getSocketFactory());
    issuer = TestIssuer.start(PKI);
  }

  @AfterAll
  static void stop() {
    STARTED.values().forEach(ConfigurableApplicationContext::close);
    STARTED.clear();
    issuer.close();
    SSLContext.setDefault(jvmDefault);
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  // ---- Boot's properties, one dependency, no line of code

  static Map<String, String> bootJwt() {
    return Map.of("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer.issuer());
  }

  static Map<String, String> bootOpaque() {
    String prefix = "spring.security.oauth2.resourceserver.opaquetoken.";
    return Map.of(
        prefix + "introspection-uri", issuer.introspectionUri(),
        prefix + "client-id", TestIssuer.CLIENT_ID,
        prefix + "client-secret", TestIssuer.CLIENT_SECRET);
  }

  static ConfigurableApplicationContext app(
      String name, Map<String, String> properties, Class<?>... chain) {
    return STARTED.computeIfAbsent(
        name,
        ignored -> {
          Class<?>[] sources = Arrays.copyOf(chain, chain.length + 1);
          sources[chain.length] = Application.class;
          return Boot.start(PKI, PKI.serverCertificate(), properties, sources);
        });
  }

  static HttpResponse<String> call(
      ConfigurableApplicationContext app, Identity caller, String path, String token) {
    return token == null
        ? send(app, caller, path)
        : send(app, caller, path, "Authorization", "Bearer " + token);
  }

  static HttpResponse<String> send(
      ConfigurableApplicationContext app, Identity caller, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HttpClient.newBuilder()
          .sslContext(caller == null ? PKI.sslContext() : PKI.sslContext(caller))
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Controller controller() {
      return new Controller();
    }

    @EventListener
    void succeeded(AuthenticationSuccessEvent event) {
      SEEN.add(event);
    }
  }

  @RestController
  static class Controller {
    @GetMapping("/me")
    String me(Authentication authentication) {
      SEEN.add(authentication);
      return authentication.getClass().getSimpleName()
          + " "
          + authentication.getName()
          + " "
          + authentication.getAuthorities().stream()
              .map(Object::toString)
              .filter(authority -> !authority.contains("FACTOR"))
              .sorted()
              .toList();
    }

    @GetMapping("/async")
    Callable<String> async(Authentication authentication) {
      return () -> me(authentication);
    }

    @GetMapping("/open")
    String open() {
      return "open";
    }
  }
}
