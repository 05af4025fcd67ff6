package dev.holdfast.spring;

import dev.holdfast.testing.ExportingConnection.Answer;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An issuer of bound tokens, and an application that takes them in Boot's Tomcat or Jetty. */
final class BoundTokenApi implements AutoCloseable {
  private final ThrowAwayPki pki;
  private final TestIssuer issuer;
  private final Path authorities;

  private BoundTokenApi(ThrowAwayPki pki, Path authorities) {
    this.pki = pki;
    this.issuer = TestIssuer.start(pki);
    this.authorities = authorities;
  }

  /**
   * Starts the issuer.
   *
   * @param folder for the authorities' file
   */
  static BoundTokenApi issuing(ThrowAwayPki pki, Path folder) {
    return new BoundTokenApi(pki, pki.writeTrustedCertificates(folder.resolve("issuer.pem")));
  }

  /** The application's, which may be changed; the server is {@code tomcat} or {@code jetty}. */
  Map<String, String> settings(String server) {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].trusted-certificates", authorities.toString());
    settings.put("holdfast.token-binding.source", "tls");
    settings.put("server.http2.enabled", "true");
    settings.put(Boot.SERVER, server);
    return settings;
  }

  ConfigurableApplicationContext start(Map<String, String> settings) {
    return Boot.start(pki, pki.serverCertificate(), settings, Application.class);
  }

  /** One that trusts the application; it offers no Token Binding. */
  TokenBindingClient client(String version) {
    return TokenBindingClient.trusting(pki.certificate()).withVersion(version);
  }

  /** A token that is bound to the key which this member of {@code cnf} names. */
  String token(String member, String digest) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of(member, digest));
    return issuer.jwt(claims);
  }

  String token(TokenBindingKey boundTo) {
    return token("tbh", boundTo.tbh());
  }

  /** The header fields of a request; without a message there is no field for it. */
  static List<String> fields(String token, @Nullable String message) {
    List<String> fields = new ArrayList<>(List.of("Authorization: Bearer " + token));
    if (message != null) {
      fields.add("Sec-Token-Binding: " + message);
    }
    return fields;
  }

  /** What {@code /me} answers over HTTP/1.1. */
  static int status(TokenBindingConnection connection, String token, @Nullable String message)
      throws IOException {
    Answer answer = connection.send("GET", "/me", fields(token, message), "");
    return answer.status();
  }

  @Override
  public void close() {
    issuer.close();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getName();
    }

    @GetMapping("/certificate")
    String certificate(HttpServletRequest request) {
      Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
      return ((X509Certificate[]) chain)[0].getSubjectX500Principal().getName();
    }
  }
}
