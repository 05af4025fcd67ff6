package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.Refusal;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.evidence.ServletEvidence;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The line about an issuer that cannot be asked names that issuer: there may be several. */
class OutageLinesTest {
  /** Nobody listens at this port. */
  private static final String JWTS = "https://localhost:1/jwts";

  private static final String OPAQUE = "https://localhost:1/opaque";
  private static final String UNNAMED = "https://localhost:1/unnamed/introspect";

  @Test
  void anOutageOfTheKeysNamesTheIssuer() {
    Map<String, String> known =
        Map.of("issuer", JWTS, "jwk-set-uri", JWTS + "/keys", "audiences", "https://api.example");
    assertThat(refused(known, jwt(JWTS))).contains(": " + JWTS + "\")");
  }

  @Test
  void anOutageOfTheMetadataNamesThePlace() {
    Map<String, String> discovered = Map.of("issuer", JWTS, "audiences", "https://api.example");
    assertThat(refused(discovered, jwt(JWTS)))
        .contains("https://localhost:1/.well-known/oauth-authorization-server/jwts");
  }

  @Test
  void anOutageOfIntrospectionNamesTheIssuer() {
    String line = refused(introspecting(OPAQUE + "/introspect", OPAQUE), "opaque");
    assertThat(line).contains(": " + OPAQUE + "\")");
  }

  @Test
  void withoutANameItIsTheEndpoint() {
    assertThat(refused(introspecting(UNNAMED, null), "opaque")).contains(": " + UNNAMED + "\")");
  }

  private static Map<String, String> introspecting(String uri, @Nullable String issuer) {
    Map<String, String> settings = new HashMap<>();
    settings.put("introspection.uri", uri);
    settings.put("introspection.client-id", "api");
    settings.put("introspection.client-secret", "secret");
    settings.put("audiences", "*");
    if (issuer != null) {
      settings.put("issuer", issuer);
    }
    return settings;
  }

  private static String refused(Map<String, String> issuer, String token) {
    Map<String, String> settings = new HashMap<>();
    issuer.forEach((name, value) -> settings.put("holdfast.tokens.issuers[0]." + name, value));
    try (Assembly assembly = Assembly.of(SettingsReader.read(settings), Clock.systemUTC());
        HoldfastLines log = new HoldfastLines()) {
      assembly.enforcer(EnforcementListener.silent()).decide(ServletEvidence.of(request(token)));
      List<String> lines = log.with("refused: " + Refusal.ISSUER_UNAVAILABLE);
      assertThat(lines).hasSize(1);
      return lines.get(0);
    }
  }

  private static String jwt(String issuer) {
    return base64Url("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"1\"}")
        + '.'
        + base64Url("{\"iss\":\"" + issuer + "\"}")
        + '.'
        + base64Url("x".repeat(256));
  }

  private static String base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static HttpServletRequest request(String token) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            OutageLinesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeaders" ->
                      Collections.enumeration(
                          arguments[0].equals("Authorization")
                              ? List.of("Bearer " + token)
                              : List.<String>of());
                  case "getMethod" -> "GET";
                  case "getRequestURI", "getServletPath" -> "/me";
                  case "getDispatcherType" -> DispatcherType.REQUEST;
                  case "isSecure" -> true;
                  default -> null;
                });
  }
}
