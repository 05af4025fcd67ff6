package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.ClaimRules;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.testing.DpopKey;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The port of the URI that the client called, in what products send that stand before an API: what
 * each of them sends is in docs/behind-a-proxy.md. A proof that names another URI is refused, and
 * the log has the one that was expected and the settings that change it.
 */
@Tag("verify")
class ForwardedPortTest {
  private static final List<String> CALLED =
      List.of(
          "https://h.example",
          "https://h.example:80",
          "https://h.example:8443",
          "https://h.example:10443",
          "http://h.example",
          "http://h.example:443",
          "http://h.example:8080",
          "https://inner:8080",
          "http://inner:8080");
  private static final String CALLERS_TOKEN = "token";
  private static final DpopKey KEY = DpopKey.create();
  private static final AccessTokenVerifier TOKENS =
      token ->
          CompletableFuture.completedFuture(
              new ClaimRules("https://i", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC())
                  .check(Map.of("cnf", Map.of("jkt", KEY.thumbprint()))));

  /** An API with these settings, whose proxy is 192.0.2.7. */
  private record Api(EvidenceSource edge, BindingEnforcer enforcer) {
    static Api of(String... more) {
      Map<String, String> settings = new HashMap<>();
      settings.put("tokens.issuers[0].issuer", "https://issuer.test");
      settings.put("tokens.issuers[0].audiences", "https://api.example");
      settings.put("proxies.trusted", "192.0.2.7");
      settings.put("proxies.forwarding", "x-forwarded");
      for (int i = 0; i < more.length; i += 2) {
        settings.put(more[i], more[i + 1]);
      }
      Assembly assembly =
          Assembly.of(SettingsReader.readInitParameters(settings), Clock.systemUTC());
      EnforcementListener silent = EnforcementListener.silent();
      return new Api(EvidenceSource.of(assembly, silent), assembly.enforcer(TOKENS, silent));
    }

    /** {@code GET /me} with what the proxy sends and a proof for this URI. */
    boolean serves(String headers, String uri) {
      Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String header : headers.trim().split("\\s+", -1)) {
        String[] parts = header.split(":", 2);
        sent.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
      }
      sent.put("Authorization", List.of("DPoP " + CALLERS_TOKEN));
      sent.put("DPoP", List.of(KEY.proof("GET", uri, CALLERS_TOKEN).sign()));
      return enforcer.decide(edge.evidence(edge.admit(request(sent)))) instanceof Decision.Allowed;
    }
  }

  private static HttpServletRequest request(Map<String, List<String>> headers) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(HoldfastAttributes.PEER_ADDRESS, "192.0.2.7");
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ForwardedPortTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "removeAttribute" -> attributes.remove(arguments[0]);
                  case "getDispatcherType" -> DispatcherType.REQUEST;
                  case "isSecure" -> false;
                  case "getMethod" -> "GET";
                  case "getScheme" -> "http";
                  case "getRequestURI", "getServletPath" -> "/me";
                  case "getHeaders" ->
                      Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  default -> null;
                });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ingress-nginx               | https://h.example       | Host:h.example X-Forwarded-Host:h.example X-Forwarded-Port:443 X-Forwarded-Proto:https
          ingress-nginx, mapped port  | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Host:h.example:8443 X-Forwarded-Port:443 X-Forwarded-Proto:https
          ingress-nginx, no TLS       | http://h.example        | Host:h.example X-Forwarded-Host:h.example X-Forwarded-Port:80 X-Forwarded-Proto:http
          ingress-nginx, no TLS, 8080 | http://h.example:8080   | Host:h.example:8080 X-Forwarded-Host:h.example:8080 X-Forwarded-Port:80 X-Forwarded-Proto:http
          ingress-nginx, TLS before   | https://h.example       | Host:h.example X-Forwarded-Host:h.example X-Forwarded-Port:80 X-Forwarded-Proto:https
          ingress-nginx, port 443     | https://h.example       | Host:h.example:443 X-Forwarded-Host:h.example:443 X-Forwarded-Port:443 X-Forwarded-Proto:https
          Traefik                     | https://h.example       | Host:h.example X-Forwarded-Host:h.example X-Forwarded-Port:443 X-Forwarded-Proto:https
          Traefik, mapped port        | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Host:h.example:8443 X-Forwarded-Port:8443 X-Forwarded-Proto:https
          Traefik, WebSocket          | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Host:h.example:8443 X-Forwarded-Port:8443 X-Forwarded-Proto:wss
          Traefik, no TLS             | http://h.example:8080   | Host:h.example:8080 X-Forwarded-Host:h.example:8080 X-Forwarded-Port:8080 X-Forwarded-Proto:http
          OpenShift                   | https://h.example       | Host:h.example X-Forwarded-Host:h.example X-Forwarded-Port:443 X-Forwarded-Proto:https
          OpenShift, mapped port      | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Host:h.example:8443 X-Forwarded-Port:443 X-Forwarded-Proto:https
          OpenShift, both ports       | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Host:h.example:8443 X-Forwarded-Port:10443 X-Forwarded-Proto:https
          AWS ALB                     | https://h.example       | Host:h.example X-Forwarded-Port:443 X-Forwarded-Proto:https
          AWS ALB, listener on 8443   | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Port:8443 X-Forwarded-Proto:https
          AWS ALB, no TLS             | http://h.example        | Host:h.example X-Forwarded-Port:80 X-Forwarded-Proto:http
          AWS ALB, no TLS, 8080       | http://h.example:8080   | Host:h.example:8080 X-Forwarded-Port:8080 X-Forwarded-Proto:http
          Google Cloud                | https://h.example       | Host:h.example X-Forwarded-Proto:https
          Google Cloud, 8443          | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Proto:https
          Google Cloud, no TLS        | http://h.example        | Host:h.example X-Forwarded-Proto:http
          Envoy                       | https://h.example       | Host:h.example X-Forwarded-Proto:https
          Envoy, mapped port          | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Proto:https
          Envoy, both ports           | https://h.example:8443  | Host:h.example:8443 X-Forwarded-Port:10443 X-Forwarded-Proto:https
          Envoy, another host         | https://h.example:8443  | Host:inner:8080 X-Forwarded-Host:h.example:8443 X-Forwarded-Proto:https
          """)
  void theUriThatTheClientCalledIsTheExpectedOne_C24(
      String product, String called, String headers) {
    Api api = Api.of();
    assertThat(api.serves(headers, called + "/me")).as(product).isTrue();
    refusesAllOthers(api, headers, called);
  }

  /** An inner port is the one thing that nobody can tell from a port of the client's. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OpenShift behind a balancer | https://h.example | https://h.example:10443 | Host:h.example X-Forwarded-Host:h.example X-Forwarded-Port:10443 X-Forwarded-Proto:https
          Envoy, its own port         | https://h.example | https://h.example:10443 | Host:h.example X-Forwarded-Port:10443 X-Forwarded-Proto:https
          nginx without Host          | https://h.example | https://inner:8080      | Host:inner:8080 X-Forwarded-Proto:https
          only its own words          | https://h.example | http://inner:8080       | Host:inner:8080 X-Forwarded-Proto:http
          """)
  void whereItIsAnotherTheLogSaysSoAndTheSettingMendsIt_C24(
      String product, String called, String expected, String headers) {
    refusesAllOthers(Api.of(), headers, expected);
    Api mended = Api.of("proxies.external-uri", called, "proxies.forwarding", "none");
    assertThat(mended.serves(headers, called + "/me")).as(product).isTrue();
    refusesAllOthers(mended, headers, called);
  }

  private static void refusesAllOthers(Api api, String headers, String expected) {
    for (String other : CALLED) {
      if (!other.equals(expected)) {
        try (HoldfastLines log = new HoldfastLines()) {
          assertThat(api.serves(headers, other + "/me")).as(other).isFalse();
          assertThat(log.with("refused: "))
              .singleElement()
              .asString()
              .contains("proxies.external-uri", "proxies.forwarding")
              .containsPattern("which is \"" + expected + "(:443|:80)?/me\"");
        }
      }
    }
  }

  @Test
  void aPortThatContradictsItselfLeavesTheUriUnknown_C24() {
    String headers =
        "Host:h.example X-Forwarded-Host:h.example:443 X-Forwarded-Port:8443"
            + " X-Forwarded-Proto:https";
    for (String other : CALLED) {
      try (HoldfastLines log = new HoldfastLines()) {
        assertThat(Api.of().serves(headers, other + "/me")).as(other).isFalse();
        assertThat(log.with("refused: "))
            .singleElement()
            .asString()
            .contains("does not forward legibly", "proxies.external-uri", "proxies.forwarding");
      }
    }
  }
}
